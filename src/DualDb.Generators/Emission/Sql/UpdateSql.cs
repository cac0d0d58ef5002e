using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Statements that change or remove rows by key.</summary>
internal static class UpdateSql
{
    /// <summary>Whether an update sends a value of the column for it to be set to.</summary>
    public static bool IsBound(ColumnSpec column)
        => column.Role is not (ColumnRole.Key or ColumnRole.CreatedAt or ColumnRole.UpdatedAt or ColumnRole.Version);

    // Parameters: the key, the columns that are set, the version.
    public static string Update(EntitySpec entity)
    {
        var assignments = new List<string>();
        var number = entity.Key.Count;
        foreach (var column in entity.Columns)
        {
            if (IsBound(column))
            {
                assignments.Add($"{ColumnSql.Name(column)} = {ColumnSql.Parameter(column, ++number)}");
            }
        }

        AddTraces(entity, assignments);
        if (assignments.Count == 0)
        {
            // Nothing but a key: the statement still says whether the row is there, and returns it.
            var name = ColumnSql.Name(entity.Columns[entity.Key[0]]);
            assignments.Add($"{name} = {name}");
        }

        var version = entity.With(ColumnRole.Version) is { } counter ? $" and {ColumnSql.Name(counter)} = {ColumnSql.Parameter(counter, ++number)}" : "";
        return $"""
            {Set(entity, assignments)}
            where {ColumnSql.KeyCondition(entity)}{version}{(entity.LiveCondition() is { } live ? " and " + live : "")}
            {Returning(entity)}
            """;
    }

    public static string Delete(EntitySpec entity)
    {
        if (entity.With(ColumnRole.SoftDelete) is not { } mark)
        {
            return HardDelete(entity);
        }

        var assignments = new List<string> { Mark(mark) };
        AddTraces(entity, assignments);
        return $"""
            {Set(entity, assignments)}
            where {ColumnSql.KeyCondition(entity)} and {entity.LiveCondition()}
            """;
    }

    /// <summary>The assignment that marks a row deleted; null where rows are not marked.</summary>
    public static string? Mark(EntitySpec entity) => entity.With(ColumnRole.SoftDelete) is { } mark ? Mark(mark) : null;

    /// <summary>The assignments that every update makes; null where there are none.</summary>
    public static string? Traces(EntitySpec entity)
    {
        var assignments = new List<string>();
        AddTraces(entity, assignments);
        return assignments.Count == 0 ? null : string.Join(", ", assignments);
    }

    public static string HardDelete(EntitySpec entity)
        => $"""
            delete from {PostgresIdentifier.Table(entity)}
            where {ColumnSql.KeyCondition(entity)}
            """;

    public static string Restore(EntitySpec entity, ColumnSpec mark)
    {
        var name = ColumnSql.Name(mark);
        var assignments = new List<string> { $"{name} = {(mark.IsNullable ? "null" : "false")}" };
        AddTraces(entity, assignments);
        return $"""
            {Set(entity, assignments)}
            where {ColumnSql.KeyCondition(entity)} and {(mark.IsNullable ? name + " is not null" : name)}
            {Returning(entity)}
            """;
    }

    private static string Mark(ColumnSpec mark) => $"{ColumnSql.Name(mark)} = {(mark.IsNullable ? EntityFacts.Now(mark) : "true")}";

    // What every write leaves behind: its time, and a higher version.
    private static void AddTraces(EntitySpec entity, List<string> assignments)
    {
        if (entity.With(ColumnRole.UpdatedAt) is { } updatedAt)
        {
            assignments.Add($"{ColumnSql.Name(updatedAt)} = {EntityFacts.Now(updatedAt)}");
        }

        if (entity.With(ColumnRole.Version) is { } version)
        {
            assignments.Add($"{ColumnSql.Name(version)} = {ColumnSql.Name(version)} + 1");
        }
    }

    private static string Set(EntitySpec entity, List<string> assignments)
        => $"""
            update {PostgresIdentifier.Table(entity)}
            {ColumnSql.List("set ", assignments)}
            """;

    private static string Returning(EntitySpec entity) => ColumnSql.SelectList("returning", entity);
}
