using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Finds which entities of a map can be read from the other side: where every column is there as it is, and every row.</summary>
internal static class SyncReads
{
    /// <summary>Those of a map; none where a filter leaves rows out.</summary>
    /// <param name="filter">The map's filter.</param>
    /// <param name="source">The entity whose rows are copied.</param>
    /// <param name="target">The entity that they are copied to; null where none stands for the copy.</param>
    /// <param name="copy">The table that they are copied to.</param>
    /// <param name="pairs">What is copied.</param>
    public static EquatableArray<SyncReadSpec> Of(string? filter, SyncEntity source, SyncEntity? target, SyncTableSpec copy, IReadOnlyList<SyncPair> pairs)
    {
        var reads = new List<SyncReadSpec>();
        if (filter is null)
        {
            Add(reads, source, copy, column => NameOf(pairs, pair => pair.Source?.Ordinal == column.Ordinal && SyncTypes.AreEqual(column, pair.Target), static pair => pair.Target));
            if (target is not null)
            {
                Add(reads, target, source.Table, column => NameOf(pairs, pair => pair.Target.Ordinal == column.Ordinal && pair.Source is { } from && SyncTypes.AreEqual(from, column), static pair => pair.Source!));
            }
        }

        return reads.ToEquatableArray();
    }

    private static void Add(List<SyncReadSpec> reads, SyncEntity entity, SyncTableSpec copy, System.Func<ColumnSpec, string?> nameOf)
    {
        var columns = new List<ColumnSpec>();
        foreach (var column in entity.Facts.Columns)
        {
            if (nameOf(column) is not { } name)
            {
                return;
            }

            columns.Add(column with { Name = name });
        }

        reads.Add(new SyncReadSpec(entity.Facts.Type, copy, columns.ToEquatableArray(), entity.Facts.Key));
    }

    private static string? NameOf(IReadOnlyList<SyncPair> pairs, System.Predicate<SyncPair> isFor, System.Func<SyncPair, ColumnSpec> other)
    {
        foreach (var pair in pairs)
        {
            if (isFor(pair))
            {
                return other(pair).Name;
            }
        }

        return null;
    }
}
