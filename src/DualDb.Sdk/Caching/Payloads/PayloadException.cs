namespace DualDb.Caching;

/// <summary>
/// Bytes that are no payload of the entity: cut off, damaged, or written by something else. To the cache such an entry is a miss; it never
/// reaches a caller.
/// </summary>
internal sealed class PayloadException : Exception
{
    /// <summary>Says what is wrong with the bytes; never what they hold.</summary>
    public PayloadException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static PayloadException EndsEarly(int needed, int remaining)
        => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The payload ends early: {needed} bytes are needed, {remaining} remain."));

    internal static PayloadException OutOfRange(string type) => new($"The payload holds a value that is no {type}.");
}
