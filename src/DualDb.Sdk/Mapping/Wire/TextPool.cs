using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>
/// Texts that rows of one answer repeat: a status, a city, a reference. The last ones seen are handed out again, so that a column of few
/// values costs few strings. Bounded, and forgotten with the answer.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 256;
    private const int LongestText = 32;

    private readonly string?[] _slots = new string?[Slots];

    public string Get(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length > LongestText)
        {
            return Encoding.UTF8.GetString(text);
        }

        ref var slot = ref _slots[SlotOf(text)];
        if (slot is null || !Ascii.Equals(text, slot))
        {
            slot = Encoding.UTF8.GetString(text);
        }

        return slot;
    }

    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        var hash = (uint)text.Length;
        foreach (var next in text)
        {
            hash = (hash * 31) + next;
        }

        return (int)((hash ^ (hash >> 15)) % Slots);
    }
}
