using System.Globalization;
using DualDb.Consistency.Events.Publishing;

namespace DualDb.Consistency.Sagas;

/// <summary>
/// The id of one instance of a saga: a saga that is started again under an id is the same one. Texts, numbers and <see cref="Guid"/>s convert to it by themselves.
/// </summary>
/// <param name="Text">The id as text, 1 to 200 characters.</param>
public readonly record struct SagaId(string Text)
{
    private const int MaxLength = 200;

    /// <summary>A text as it is.</summary>
    public static implicit operator SagaId(string text) => new(text);

    /// <summary>A number.</summary>
    public static implicit operator SagaId(long number) => new(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A <see cref="Guid"/>, in lower case with dashes.</summary>
    public static implicit operator SagaId(Guid id) => new(id.ToString("D"));

    /// <summary>The id as text.</summary>
    public override string ToString() => Text ?? "";

    /// <summary>The text, where it can be an id.</summary>
    /// <exception cref="SagaRefusedException">It cannot.</exception>
    internal string Require(string saga)
        => Text switch
        {
            null or "" => throw new SagaRefusedException($"The saga '{saga}' was started without an id. Give it one that stays the same when the call is repeated, such as that of the cart.") { Saga = saga },
            { Length: > MaxLength } => throw new SagaRefusedException(
                $"The id of a saga '{saga}' has {Text.Length.ToString(CultureInfo.InvariantCulture)} characters, and 200 are the most: {Text[..40]}… Take a shorter one, or a hash of it.") { Saga = saga },
            _ when Text.Contains('\0', StringComparison.Ordinal) => throw new SagaRefusedException(
                $"The id of a saga '{saga}' holds the character U+0000, which PostgreSQL cannot store. Leave it out.") { Saga = saga },
            _ when !OutgoingRules.IsText(Text) => throw new SagaRefusedException(
                $"The id of a saga '{saga}' is no valid text: it holds half of a surrogate pair. Take it from whole characters.") { Saga = saga },
            _ => Text,
        };
}
