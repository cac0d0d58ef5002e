namespace DualDb;

/// <summary>One page of a query.</summary>
/// <typeparam name="T">What a row becomes.</typeparam>
/// <param name="Items">The results of the page, in the order of the query.</param>
/// <param name="Next">The cursor of the next page; null where this is the last.</param>
/// <param name="Previous">The cursor of the page before; null where this is the first.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next, string? Previous)
{
    /// <summary>Whether there is a page after this one.</summary>
    public bool HasNext => Next is not null;

    /// <summary>Whether there is a page before this one.</summary>
    public bool HasPrevious => Previous is not null;
}
