using System.ComponentModel;

namespace DualDb.Mapping;

/// <summary>The pieces of SQL that queries over an entity are put together from.</summary>
/// <param name="Table">The table with its schema.</param>
/// <param name="Columns">The select list of all columns, in order.</param>
/// <param name="Live">The condition that a row is not marked deleted; null where rows are not marked.</param>
/// <param name="Mark">The assignment that marks a row deleted; null where rows are not marked.</param>
/// <param name="Traces">The assignments that every update makes (time, version), separated by commas; null where there are none.</param>
/// <param name="KeyColumns">The columns of the key, separated by commas.</param>
/// <param name="KeyCondition">The condition on the key, its parameters numbered from 1.</param>
/// <param name="KeyParts">How many parameters that takes.</param>
/// <param name="Version">The column of the version in SQL; null where there is none.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record QueryFacts(
    string Table, string Columns, string? Live, string? Mark, string? Traces, string KeyColumns, string KeyCondition, int KeyParts, string? Version);
