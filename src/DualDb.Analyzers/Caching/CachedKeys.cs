using System.Collections.Generic;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Analyzers.Caching;

/// <summary>The values by which rows and views are found: those that PostgreSQL compares in its own way cannot be looked up in a cache.</summary>
internal static class CachedKeys
{
    public static void Check(CachedType cached)
    {
        var parsing = cached.Parsing(cached.Type);
        if (EntityParser.Parse(cached.Type, parsing.Compilation, sink: null, parsing.CancellationToken) is { } entity)
        {
            CheckEntity(cached, entity);
        }
        else if (ViewParser.Parse(cached.Type, parsing.Compilation, sink: null, parsing.CancellationToken) is { Members: { Count: > 0 } members })
        {
            Check(cached, [.. members[0].Entity.Key]);
        }
    }

    // Each way to find a row once: a unique column that is a reference as well is one.
    private static void CheckEntity(CachedType cached, EntitySpec entity)
    {
        var seen = new HashSet<string>(System.StringComparer.Ordinal);
        Check(entity.Key);
        foreach (var unique in entity.Uniques)
        {
            Check(unique.Ordinals);
        }

        foreach (var reference in entity.References)
        {
            Check(new[] { reference.Ordinal });
        }

        void Check(IEnumerable<int> ordinals)
        {
            var columns = new List<ColumnSpec>();
            foreach (var ordinal in ordinals)
            {
                columns.Add(entity.Columns[ordinal]);
            }

            if (seen.Add(string.Join(",", ordinals)))
            {
                CachedKeys.Check(cached, columns);
            }
        }
    }

    private static void Check(CachedType cached, List<ColumnSpec> columns)
    {
        if (columns.Find(static column => !ExactValues.Are(column)) is { } inexact)
        {
            var members = string.Join(" and ", columns.ConvertAll(static column => "'" + column.Member + "'"));
            cached.Report(CachingRules.InexactKey, members, inexact.PostgresType);
        }
    }
}
