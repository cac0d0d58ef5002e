using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Statements that insert, and overwrite by key.</summary>
internal static class InsertSql
{
    /// <summary>The columns that an insert names: all but a key that the database makes.</summary>
    public static List<ColumnSpec> Columns(EntitySpec entity, bool withKey)
    {
        var columns = new List<ColumnSpec>();
        foreach (var column in entity.Columns)
        {
            if (withKey || !entity.KeyIsGenerated || column.Role != ColumnRole.Key)
            {
                columns.Add(column);
            }
        }

        return columns;
    }

    /// <summary>Whether an insert sends a value of the column; the first version is a constant.</summary>
    public static bool IsBound(ColumnSpec column) => column.Role != ColumnRole.Version;

    public static string One(EntitySpec entity, bool withKey)
    {
        var columns = Columns(entity, withKey);
        if (columns.Count == 0)
        {
            return $"""
                insert into {PostgresIdentifier.Table(entity)} default values
                {Returning(entity)}
                """;
        }

        return $"""
            {Into(entity, columns, "")}
            {Values(columns)})
            {Returning(entity)}
            """;
    }

    public static string UpsertOne(EntitySpec entity)
    {
        var columns = Columns(entity, withKey: true);
        return $"""
            {Into(entity, columns, " as t")}
            {Values(columns)})
            {OnConflict(entity)}
            {Returning(entity)}
            """;
    }

    public static string Many(EntitySpec entity, bool withKeys)
        => $"""
            {ManyRows(entity, Columns(entity, withKeys), "")}
            {Returning(entity)}
            """;

    public static string UpsertMany(EntitySpec entity)
        => $"""
            {ManyRows(entity, Columns(entity, withKey: true), " as t")}
            {OnConflict(entity)}
            {Returning(entity)}
            """;

    private static string Values(List<ColumnSpec> columns)
    {
        var values = new List<string>();
        var number = 0;
        foreach (var column in columns)
        {
            values.Add(IsBound(column) ? OrNow(column, ColumnSql.Parameter(column, ++number)) : "1");
        }

        return ColumnSql.List("values (", values);
    }

    private static string Into(EntitySpec entity, List<ColumnSpec> columns, string alias)
        => ColumnSql.Names($"insert into {PostgresIdentifier.Table(entity)}{alias}", columns);

    private static string ManyRows(EntitySpec entity, List<ColumnSpec> columns, string alias)
    {
        var rows = new RowSource(entity);
        var values = new List<string>();
        foreach (var column in columns)
        {
            values.Add(IsBound(column) ? OrNow(column, rows.Add(column)) : "1");
        }

        if (rows.IsEmpty)
        {
            return ManyEmptyRows(entity, columns, alias);
        }

        return $"""
            {Into(entity, columns, alias)}
            {ColumnSql.List("select ", values)}
            {rows.From}
            """;
    }

    // Nothing of the entity is sent, so only the number of rows is.
    private static string ManyEmptyRows(EntitySpec entity, List<ColumnSpec> columns, string alias)
    {
        var key = entity.Columns[entity.Key[0]];
        var fresh = entity.KeyIsSequence() ? KeySql.NextValue(entity) : "gen_random_uuid()";
        return $"""
            {Into(entity, columns.Count == 0 ? [key] : columns, alias)}
            select {(columns.Count == 0 ? fresh : "1")}
            from generate_series(1, $1)
            """;
    }

    private static string OrNow(ColumnSpec column, string value)
        => column.Role is ColumnRole.CreatedAt or ColumnRole.UpdatedAt ? $"coalesce({value}, {EntityFacts.Now(column)})" : value;

    private static string OnConflict(EntitySpec entity)
    {
        var assignments = new List<string>();
        foreach (var column in entity.Columns)
        {
            var name = ColumnSql.Name(column);
            switch (column.Role)
            {
                // The time of creation belongs to the row that is there.
                case ColumnRole.Key or ColumnRole.CreatedAt:
                    break;
                case ColumnRole.UpdatedAt:
                    assignments.Add($"{name} = {EntityFacts.Now(column)}");
                    break;
                case ColumnRole.Version:
                    assignments.Add($"{name} = t.{name} + 1");
                    break;
                default:
                    assignments.Add($"{name} = excluded.{name}");
                    break;
            }
        }

        if (assignments.Count == 0)
        {
            // `do nothing` would not return the row that is there.
            var name = ColumnSql.Name(entity.Columns[entity.Key[0]]);
            assignments.Add($"{name} = excluded.{name}");
        }

        return $"""
            on conflict ({ColumnSql.KeyOrder(entity)}) do update
            {ColumnSql.List("set ", assignments)}
            """;
    }

    private static string Returning(EntitySpec entity) => ColumnSql.SelectList("returning", entity);
}
