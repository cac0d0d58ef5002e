using System.Collections.Generic;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;

namespace DualDb.Generators.Emission;

/// <summary>Writes how the cache finds the rows of an entity by something other than their key.</summary>
internal static class CachedLookups
{
    private const string Caching = "global::DualDb.Caching.";

    /// <summary>The field of a lookup by columns.</summary>
    public static string Field(IReadOnlyList<ColumnSpec> columns)
    {
        var name = "By";
        foreach (var column in columns)
        {
            name += column.Member;
        }

        return name + "Lookup";
    }

    /// <summary>Writes the fields: one per lookup, and what the cache is told of the entity.</summary>
    public static void Write(SourceWriter writer, EntitySpec entity, CacheSpec cache)
    {
        var fields = new List<string>();
        foreach (var columns in Of(entity))
        {
            fields.Add(Field(columns));
            WriteLookup(writer, entity, columns);
        }

        writer.Separate();
        writer.Lines($"private static readonly {Caching}CachedEntity<{entity.Type.FullName}> CachedRows = new(");
        writer.Lines($"    {CacheSettingsCode.Of(cache)}{(fields.Count == 0 ? "" : $", [{string.Join(", ", fields)}]")});");
    }

    // A unique column that is a reference as well is one lookup.
    private static List<List<ColumnSpec>> Of(EntitySpec entity)
    {
        var lookups = new List<List<ColumnSpec>>();
        var names = new HashSet<string>(System.StringComparer.Ordinal);
        foreach (var unique in entity.Uniques)
        {
            Add(KeyCode.Columns(entity, unique.Ordinals));
        }

        foreach (var reference in entity.References)
        {
            Add([entity.Columns[reference.Ordinal]]);
        }

        return lookups;

        void Add(List<ColumnSpec> columns)
        {
            if (names.Add(Field(columns)))
            {
                lookups.Add(columns);
            }
        }
    }

    private static void WriteLookup(SourceWriter writer, EntitySpec entity, List<ColumnSpec> columns)
    {
        var type = entity.Type.FullName;
        var value = KeyCode.Tuple(columns);
        var map = entity.Type.Sibling(entity.Type.Name + "Map") + ".";
        writer.Separate();
        writer.Lines($"private static readonly {Caching}CachedLookup<{type}, {value}> {Field(columns)} = new(");
        writer.Indented(() =>
        {
            writer.Lines($"{Identifier.Literal(string.Join(",", columns.ConvertAll(static column => column.Member)))},");
            writer.Lines($"{Identifier.Literal(string.Join(",", columns.ConvertAll(static column => column.Name)))},");
            writer.Lines($"isExact: {(columns.TrueForAll(ExactValues.Are) ? "true" : "false")},");
            writer.Lines($"static (ref {Caching}KeyText text, {value} value) =>");
            writer.Open();
            for (var i = 0; i < columns.Count; i++)
            {
                writer.Lines(KeyTextCode.Add(columns[i], KeyCode.TuplePart(columns, i, "value"), map));
            }

            writer.Close(",");
            writer.Lines($"static ({type} entity, out {value} value) =>");
            writer.Open();
            WriteValue(writer, entity, columns);
            writer.Close(");");
        });
    }

    private static void WriteValue(SourceWriter writer, EntitySpec entity, List<ColumnSpec> columns)
    {
        var values = new List<string>();
        var conditions = new List<string>();
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var member = ColumnCode.Get(entity, column, "entity");
            if (!column.IsNullable)
            {
                values.Add(member);
                continue;
            }

            var name = "value" + Identifier.Number(i + 1);
            conditions.Add($"{member} is {{ }} {name}");
            values.Add(name);
        }

        var whole = values.Count == 1 ? values[0] : "(" + string.Join(", ", values) + ")";
        if (conditions.Count == 0)
        {
            writer.Lines($"value = {whole};");
            writer.Lines("return true;");
            return;
        }

        writer.Lines($"if ({string.Join(" && ", conditions)})");
        writer.Open();
        writer.Lines($"value = {whole};");
        writer.Lines("return true;");
        writer.Close();
        writer.Blank();
        writer.Lines("value = default!;");
        writer.Lines("return false;");
    }
}
