using System.Globalization;

namespace DualDb.Consistency.Events;

/// <summary>
/// The key of an event: events of one key are handled in the order in which they were published, those of different keys at the same time. Texts, numbers and <see cref="Guid"/>s convert
/// to it by themselves.
/// </summary>
/// <param name="Text">The key as text; null for none.</param>
public readonly record struct EventKey(string? Text)
{
    /// <summary>A text as it is.</summary>
    public static implicit operator EventKey(string? text) => new(text);

    /// <summary>A number.</summary>
    public static implicit operator EventKey(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A <see cref="Guid"/>, in lower case with dashes.</summary>
    public static implicit operator EventKey(Guid id) => new(id.ToString("D"));

    /// <summary>The key as text.</summary>
    public override string ToString() => Text ?? "";
}
