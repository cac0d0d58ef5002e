using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Enum types of PostgreSQL.</summary>
internal static class EnumSql
{
    /// <summary>The types that columns need, each once.</summary>
    public static List<(PostgresEnumSpec Type, List<string> Labels)> TypesOf(EquatableArray<ColumnSpec> columns)
    {
        var types = new List<(PostgresEnumSpec Type, List<string> Labels)>();
        foreach (var column in columns)
        {
            if (column.Scalar.Enum is { Type: { } type } spec && !types.Exists(known => known.Type == type))
            {
                types.Add((type, LabelsOf(spec)));
            }
        }

        return types;
    }

    /// <summary>One statement, which looks before it creates: <c>create type</c> has no <c>if not exists</c>.</summary>
    public static string Create(PostgresEnumSpec type, List<string> labels)
        => $"do $dualdb$\nbegin\n    {CreateWithin(type, labels).Replace("\n", "\n    ")}\nend\n$dualdb$;";

    /// <summary>The same for a block of PL/pgSQL.</summary>
    public static string CreateWithin(PostgresEnumSpec type, List<string> labels)
    {
        var name = PostgresIdentifier.Table(type.Schema, type.Name);
        var schema = type.Schema == "public" ? "" : $"    create schema if not exists {PostgresIdentifier.Quote(type.Schema)};\n";
        return $"""
            if to_regtype({PostgresIdentifier.Literal(name)}) is null then
            {schema}    create type {name} as enum ({string.Join(", ", labels.ConvertAll(PostgresIdentifier.Literal))});
            end if;
            """;
    }

    private static List<string> LabelsOf(EnumSpec spec)
    {
        var labels = new List<string>();
        foreach (var member in spec.Members)
        {
            if (!member.IsAlias)
            {
                labels.Add(member.Name);
            }
        }

        return labels;
    }
}
