using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Statements that read.</summary>
internal static class SelectSql
{
    public static string ByKey(EntitySpec entity) => Where(entity, ColumnSql.KeyCondition(entity), order: null);

    /// <summary>One row by key, from a copy of the table.</summary>
    public static string ByKey(SyncReadSpec read)
    {
        var condition = ColumnSql.KeyCondition(read.Columns, read.Key);
        foreach (var column in read.Columns)
        {
            if (column.Role == ColumnRole.SoftDelete)
            {
                condition += " and " + EntityFacts.LiveCondition(column);
            }
        }

        return $"""
            {ColumnSql.List("select ", read.Columns, static column => ColumnSql.Read(column, ""))}
            from {PostgresIdentifier.Table(read.Copy.Schema, read.Copy.Table)}
            where {condition}
            """;
    }

    public static string All(EntitySpec entity) => Where(entity, condition: null, ColumnSql.KeyOrder(entity));

    public static string First(EntitySpec entity) => All(entity) + "\nlimit $1";

    public static string Exists(EntitySpec entity) => $"select exists (select from {PostgresIdentifier.Table(entity)} where {Live(entity, ColumnSql.KeyCondition(entity))})";

    public static string Count(EntitySpec entity) => $"select count(*) from {PostgresIdentifier.Table(entity)}{(entity.LiveCondition() is { } live ? " where " + live : "")}";

    public static string Version(EntitySpec entity, ColumnSpec version)
        => $"""
            select {ColumnSql.Name(version)}
            from {PostgresIdentifier.Table(entity)}
            where {Live(entity, ColumnSql.KeyCondition(entity))}
            """;

    // The join keeps the order of the keys, and yields a row once for every time its key was named.
    public static string ByKeys(EntitySpec entity)
    {
        var number = Free(entity, "n");
        var parameters = new List<string>();
        var names = new List<string>();
        var conditions = new List<string>();
        foreach (var ordinal in entity.Key)
        {
            var column = entity.Columns[ordinal];
            var name = ColumnSql.Name(column);
            parameters.Add(ColumnSql.ArrayParameter(column, parameters.Count + 1));
            names.Add(name);
            conditions.Add($"t.{name} = k.{name}");
        }

        var live = entity.LiveCondition("t.") is { } condition ? "\nwhere " + condition : "";
        return $"""
            {ColumnSql.SelectList("select", entity, "t.")}
            from unnest({string.Join(", ", parameters)}) with ordinality as k({string.Join(", ", names)}, {number})
            join {PostgresIdentifier.Table(entity)} as t on {string.Join(" and ", conditions)}{live}
            order by k.{number}
            """;
    }

    /// <summary>Rows whose columns have given values.</summary>
    public static string ByColumns(EntitySpec entity, IReadOnlyList<int> ordinals, bool ordered)
    {
        var conditions = new List<string>();
        foreach (var ordinal in ordinals)
        {
            var column = entity.Columns[ordinal];
            conditions.Add(ColumnSql.Name(column) + " = " + ColumnSql.Parameter(column, conditions.Count + 1));
        }

        return Where(entity, string.Join(" and ", conditions), ordered ? ColumnSql.KeyOrder(entity) : null);
    }

    /// <summary>Rows whose column has one of many values.</summary>
    public static string ByAnyOf(EntitySpec entity, ColumnSpec column)
        => Where(entity, $"{ColumnSql.Name(column)} = any({ColumnSql.ArrayParameter(column, 1)})", ColumnSql.KeyOrder(entity));

    /// <summary>A name that no column has.</summary>
    public static string Free(EntitySpec entity, string name)
    {
        while (Has(entity, name))
        {
            name += "_";
        }

        return name;
    }

    private static bool Has(EntitySpec entity, string name)
    {
        foreach (var column in entity.Columns)
        {
            if (column.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    private static string Where(EntitySpec entity, string? condition, string? order)
    {
        var all = condition is null ? entity.LiveCondition() : Live(entity, condition);
        return $"""
            {ColumnSql.SelectList("select", entity)}
            from {PostgresIdentifier.Table(entity)}{(all is null ? "" : "\nwhere " + all)}{(order is null ? "" : "\norder by " + order)}
            """;
    }

    private static string Live(EntitySpec entity, string condition) => entity.LiveCondition() is { } live ? condition + " and " + live : condition;
}
