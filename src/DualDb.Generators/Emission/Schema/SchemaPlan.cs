using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>What the schema of a root holds.</summary>
internal static class SchemaPlan
{
    /// <summary>The schema of a root; null where none can be generated.</summary>
    public static RootSchemaSpec? Of(RootFilesSpec files, IReadOnlyList<SchemaTableSpec> entities, IReadOnlyList<SyncMapSpec> maps, EquatableArray<string> includes)
    {
        if (files.Root.Level != EmissionLevel.Full)
        {
            return null;
        }

        var sets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in files.Sets)
        {
            sets.Add(set.Entity);
        }

        var tables = new List<SchemaPartSpec>();
        var enums = new List<SchemaPartSpec>();
        foreach (var entity in entities)
        {
            if (sets.Contains(entity.Entity!))
            {
                tables.Add(entity.Table);
                enums.AddRange(entity.Enums);
            }
        }

        var mapped = new List<SchemaPartSpec>();
        foreach (var map in maps)
        {
            mapped.Add(new SchemaPartSpec(map.Name, MapData.Of(map)));
            if (map.Copy is { } copy)
            {
                var table = TableData.Of(map.Target, copy, map.IsTwoWay);
                tables.Add(table.Table);
                enums.AddRange(table.Enums);
            }
        }

        return new RootSchemaSpec(files.Root.Type, InOrder(tables), InOrder(enums), InOrder(mapped), includes);
    }

    // Two entities may share a table, and many an enum: what is said first counts.
    private static EquatableArray<SchemaPartSpec> InOrder(List<SchemaPartSpec> parts)
    {
        var distinct = new List<SchemaPartSpec>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            if (seen.Add(part.Key))
            {
                distinct.Add(part);
            }
        }

        distinct.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        return distinct.ToEquatableArray();
    }
}
