using System.Globalization;
using System.Text;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>What is refused before anything is sent.</summary>
internal static class OutgoingRules
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(3650);

    public static void CheckKey(string name, string? key, EventOptions options)
    {
        if (key is null)
        {
            return;
        }

        if (key.Contains('\0', StringComparison.Ordinal))
        {
            throw new EventRefusedException(name, "its key holds the character U+0000, which PostgreSQL does not store. Take it out.");
        }

        if (!IsText(key))
        {
            throw new EventRefusedException(name, "its key is no valid text: it holds half of a surrogate pair. Take the key from whole characters.");
        }

        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > options.MaxKeyBytes)
        {
            throw new EventRefusedException(
                name,
                string.Create(CultureInfo.InvariantCulture, $"its key has {bytes} bytes of UTF-8, and {options.MaxKeyBytes} are allowed (EventOptions.MaxKeyBytes). Take the id of what the event is about, or a hash of it."));
        }
    }

    public static void CheckDelay(string name, TimeSpan? after)
    {
        if (after < TimeSpan.Zero || after > LongestDelay)
        {
            throw new EventRefusedException(
                name, string.Create(CultureInfo.InvariantCulture, $"it is to be delivered after {after}. Say a time from zero to ten years."));
        }
    }

    /// <summary>Whether a text can be written as UTF-8.</summary>
    public static bool IsText(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (char.IsSurrogate(text[index]))
            {
                if (!char.IsSurrogatePair(text, index < text.Length - 1 ? index : Math.Max(0, index - 1)) || char.IsLowSurrogate(text[index]))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }
}
