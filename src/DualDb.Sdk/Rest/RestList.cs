namespace DualDb.Rest;

/// <summary>A list of values, one of which a column must have.</summary>
/// <param name="Path">The column.</param>
/// <param name="Values">The values.</param>
internal sealed record RestList(string Path, IReadOnlyList<string> Values);
