using System.ComponentModel;

namespace DualDb.Consistency.Sync;

/// <summary>A column that is synchronised, as generated code names it.</summary>
/// <param name="Source">The source's column; null where <see cref="Sql"/> makes the value.</param>
/// <param name="Target">The target's column.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record SyncColumn(string? Source, string Target)
{
    /// <summary>Whether it is part of the key, on both sides.</summary>
    public bool IsKey { get; init; }

    /// <summary>Whether it is a counter, whose changes add up with <see cref="ConflictPolicy.Delta"/>.</summary>
    public bool IsCounter { get; init; }

    /// <summary>Whether it counts the writes of a row for optimistic concurrency. Each decision of a conflict counts it up beyond both sides, so that nobody who has read a row that lost takes it for the one that won.</summary>
    public bool IsVersion { get; init; }

    /// <summary>Whether nobody but the application is shown its values (<see cref="SensitiveAttribute"/>).</summary>
    public bool IsSensitive { get; init; }

    /// <summary>An expression over the source's columns that makes the value; null where it is copied.</summary>
    public string? Sql { get; init; }
}
