namespace Storefront.Tour;

/// <summary>What one step of the tour shows.</summary>
/// <param name="Text">What happened, in a few words.</param>
/// <param name="Rows">How many rows were read or written; null where that says nothing.</param>
internal readonly record struct Outcome(string Text, long? Rows = null)
{
    public static implicit operator Outcome(string text) => new(text);
}
