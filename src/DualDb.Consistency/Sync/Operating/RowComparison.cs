namespace DualDb.Consistency.Sync;

/// <summary>Both sides' rows of a key, column by column.</summary>
/// <param name="Map">The map.</param>
/// <param name="IsInSource">Whether the source has the row.</param>
/// <param name="IsInTarget">Whether the target has it.</param>
/// <param name="Columns">The columns of the map, those of the key first.</param>
public sealed record RowComparison(string Map, bool IsInSource, bool IsInTarget, IReadOnlyList<ComparedColumn> Columns);

/// <summary>A column on both sides.</summary>
/// <param name="Source">The source's column; null where the value is computed.</param>
/// <param name="Target">The target's column.</param>
/// <param name="IsKey">Whether it is part of the key.</param>
/// <param name="SourceValue">The source's value as JSON; null where it has no row. That may be personal data.</param>
/// <param name="TargetValue">The target's value as JSON; null where it has no row.</param>
public sealed record ComparedColumn(string? Source, string Target, bool IsKey, string? SourceValue, string? TargetValue)
{
    /// <summary>Whether the values are written differently. A row that is missing differs in all of its columns.</summary>
    public bool Differs => !string.Equals(SourceValue, TargetValue, StringComparison.Ordinal);
}
