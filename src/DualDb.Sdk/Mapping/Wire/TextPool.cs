using System.Buffers.Binary;
using System.Numerics;
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

    // The ends of a text tell it from its neighbours; two that share a slot only miss each other.
    private static int SlotOf(ReadOnlySpan<byte> text)
    {
        var ends = text.Length >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(text) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(text[^sizeof(ulong)..]), 7)
            : Short(text);
        return (int)(((ends + (uint)text.Length) * 0x9E3779B97F4A7C15UL) >> 56);
    }

    private static ulong Short(ReadOnlySpan<byte> text)
    {
        var value = 0UL;
        foreach (var next in text)
        {
            value = (value << 8) | next;
        }

        return value;
    }
}
