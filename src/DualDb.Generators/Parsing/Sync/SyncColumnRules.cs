using System.Collections.Generic;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators.Parsing;

/// <summary>What the columns of a map must be like.</summary>
internal static class SyncColumnRules
{
    public static void CheckTypes(ParseContext context, AttributeData attribute, bool isTwoWay, SyncEntity source, SyncEntity target, List<SyncPair> pairs)
    {
        foreach (var pair in pairs)
        {
            if (pair.Source is not { } from)
            {
                continue;
            }

            var to = pair.Target;
            var isHeld = isTwoWay ? SyncTypes.AreEqual(from, to) : SyncTypes.Holds(from, to);
            if (!isHeld)
            {
                Report(context, ProblemKind.SyncType, attribute, source.Show(from), target.Show(to), $"the one is {from.PostgresType}, the other {to.PostgresType}", "Give both the same type, or convert it with [SyncColumn(…, Sql = …)]");
            }
            else if (from.IsNullable && !to.IsNullable)
            {
                Report(context, ProblemKind.SyncType, attribute, source.Show(from), target.Show(to), "the one may be null, the other not", "Let both be null or neither, or convert it with [SyncColumn(…, Sql = …)]");
            }
            else if (isTwoWay && to.IsNullable && !from.IsNullable)
            {
                Report(context, ProblemKind.SyncType, attribute, target.Show(to), source.Show(from), "the one may be null, the other not", "Let both be null or neither");
            }
        }
    }

    // A row is found on the other side by its key, and is the same row for ever.
    public static void CheckKey(ParseContext context, AttributeData attribute, SyncEntity source, SyncEntity target, List<SyncPair> pairs)
    {
        foreach (var ordinal in target.Facts.Key)
        {
            var part = target.Facts.Columns[ordinal];
            var pair = pairs.Find(candidate => candidate.Target.Ordinal == ordinal);
            var why = pair is null ? $"nothing fills '{target.Show(part)}'"
                : pair.Source is not { } from ? $"'{target.Show(part)}' is computed"
                : !source.IsKey(from) ? $"'{target.Show(part)}' is filled from '{source.Show(from)}', which is no part of the key"
                : !SyncTypes.AreEqual(from, part) && SyncTypes.Holds(from, part) ? $"'{source.Show(from)}' is {from.PostgresType}, '{target.Show(part)}' {part.PostgresType}"
                : null;
            if (why is not null)
            {
                Report(context, ProblemKind.SyncKey, attribute, why, $"Fill the key of '{target.Type.Name}' from that of '{source.Type.Name}'");
            }
        }

        foreach (var ordinal in source.Facts.Key)
        {
            var part = source.Facts.Columns[ordinal];
            if (pairs.FindAll(pair => pair.Source?.Ordinal == ordinal && pair.Target.Role == ColumnRole.Key).Count != 1 && !context.HasFaults)
            {
                Report(context, ProblemKind.SyncKey, attribute, $"'{source.Show(part)}' is not exactly one part of the key of '{target.Type.Name}'", "Give both entities keys of the same parts");
            }
        }
    }

    // What was made in the target has to become a row of the source.
    public static void CheckWayBack(ParseContext context, AttributeData attribute, string? filter, SyncEntity source, List<SyncPair> pairs)
    {
        const string Next = "Write SyncDirection.OneWay, or";
        if (filter is not null)
        {
            Report(context, ProblemKind.SyncNotInvertible, attribute, "it has a filter, which rows of the target need not fulfil", $"{Next} remove the filter");
        }

        var used = new HashSet<int>();
        foreach (var pair in pairs)
        {
            if (pair.Source is null)
            {
                Report(context, ProblemKind.SyncNotInvertible, attribute, $"'{pair.Target.Member}' is computed, and nothing computes back", $"{Next} copy it");
            }
            else if (!used.Add(pair.Source.Ordinal))
            {
                Report(context, ProblemKind.SyncNotInvertible, attribute, $"'{source.Show(pair.Source)}' is copied twice, and the two copies may differ", $"{Next} copy it once");
            }
        }

        foreach (var column in source.Facts.Columns)
        {
            if (source.Requires(column) && !used.Contains(column.Ordinal))
            {
                Report(context, ProblemKind.SyncUnfilled, attribute, source.Show(column), "rows that begin in the target bring nothing for it, and it takes no null", "Copy it as well, or let it be null");
            }
        }
    }

    public static void CheckCounters(ParseContext context, AttributeData attribute, string policy, SyncEntity source, List<SyncPair> pairs)
    {
        var counts = false;
        foreach (var pair in pairs)
        {
            if (pair.Source is not { } column || !source.Counts(column))
            {
                continue;
            }

            counts = true;
            if (!SyncTypes.IsCountable(column))
            {
                Report(context, ProblemKind.SyncCounter, attribute, $"'{source.Show(column)}' is {column.PostgresType}", "Count with smallint, integer, bigint or numeric, or remove [Counter]");
            }
        }

        if (policy == SyncNames.Delta && !counts)
        {
            Report(context, ProblemKind.SyncCounter, attribute, $"no property of '{source.Type.Name}' is marked", "Put [Counter] on those that count, or write ConflictPolicy.ColumnMerge");
        }
    }

    // A resolver is given entities, and an entity is made of all its columns.
    public static void CheckWhole(ParseContext context, AttributeData attribute, SyncEntity source, List<SyncPair> pairs)
    {
        foreach (var column in source.Facts.Columns)
        {
            if (!pairs.Exists(pair => pair.Source?.Ordinal == column.Ordinal))
            {
                Report(context, ProblemKind.SyncResolver, attribute, $"its resolver is given whole rows, and '{source.Show(column)}' is not copied", "Copy every column, or choose another policy");
            }
        }
    }

    private static void Report(ParseContext context, ProblemKind kind, AttributeData attribute, params string[] arguments) => context.Report(kind, context.Entity, attribute, arguments);
}
