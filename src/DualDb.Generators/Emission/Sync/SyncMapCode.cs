using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes one map.</summary>
internal static class SyncMapCode
{
    private const string Sync = RootSyncEmitter.Sync;

    public static void Write(SourceWriter writer, SyncMapSpec map)
    {
        writer.Lines($"// {map.Declaration.Replace("global::", "")}");
        writer.Lines("new()");
        writer.Open();
        writer.Lines($"""
            Name = {Identifier.Literal(map.Name)},
            Source = {Table(map.Source)},
            Target = {Table(map.Target)},
            """);
        if (map.IsTwoWay)
        {
            writer.Lines($"Direction = {Sync}SyncDirection.TwoWay,");
            writer.Lines($"OnConflict = {Sync}ConflictPolicy.{map.Policy},");
        }

        if (map.Resolver is { } resolver)
        {
            writer.LineOrTwo($"Resolver = {Sync}ConflictResolution.Of<{resolver.Entity}, {KeyCode.Tuple([.. resolver.Key])}, {resolver.Map}>(", $"new {resolver.Type}()),");
        }

        if (map.Filter is { } filter)
        {
            writer.Lines($"Filter = {Identifier.Literal(filter)},");
        }

        writer.Lines("Columns =");
        writer.Lines("[");
        writer.Indented(() =>
        {
            foreach (var column in map.Columns)
            {
                writer.Lines($"new({(column.Source is { } source ? Identifier.Literal(source) : "null")}, {Identifier.Literal(column.Target)}){Facts(column)},");
            }
        });
        writer.Lines("],");
        if (map.Copy is { } copy)
        {
            writer.Lines("CreateTarget =");
            writer.RawString(CopySql.CreateTable(map.Target, copy, map.IsTwoWay), ",");
        }

        writer.Close(",");
    }

    private static string Table(SyncTableSpec table)
        => $"new(global::DualDb.Database.{table.Database}, {Identifier.Literal(table.Schema)}, {Identifier.Literal(table.Table)})";

    private static string Facts(SyncColumnSpec column)
    {
        var facts = new List<string>();
        if (column.IsKey)
        {
            facts.Add("IsKey = true");
        }

        if (column.IsCounter)
        {
            facts.Add("IsCounter = true");
        }

        if (column.IsVersion)
        {
            facts.Add("IsVersion = true");
        }

        if (column.IsSensitive)
        {
            facts.Add("IsSensitive = true");
        }

        if (column.Sql is { } sql)
        {
            facts.Add("Sql = " + Identifier.Literal(sql));
        }

        return facts.Count == 0 ? "" : $" {{ {string.Join(", ", facts)} }}";
    }
}
