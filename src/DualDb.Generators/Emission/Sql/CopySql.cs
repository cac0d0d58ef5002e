using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>The table of a copy that no entity stands for.</summary>
internal static class CopySql
{
    /// <summary>
    /// One statement that creates a table like that of an entity in the other database. It looks before it creates, so that a role that may create nothing gets by where all is there. Only a copy that
    /// others write to has values of its own for what they leave out; keys are drawn from the sequence of one side alone.
    /// </summary>
    public static string CreateTable(SyncTableSpec target, SyncCopySpec copy, bool isWritten)
    {
        var table = PostgresIdentifier.Table(target.Schema, target.Table);
        var lines = new List<string>();
        foreach (var column in copy.Columns)
        {
            var isOnlyKey = column.Role == ColumnRole.Key && copy.Key.Count == 1;
            lines.Add($"            {ColumnSql.Name(column)} {column.PostgresType}{(column.IsNullable || isOnlyKey ? "" : " not null")}{(isWritten ? SchemaSql.Default(column) : "")}{(isOnlyKey ? " primary key" : "")}");
        }

        if (copy.Key.Count > 1)
        {
            var key = new List<string>();
            foreach (var ordinal in copy.Key)
            {
                key.Add(ColumnSql.Name(copy.Columns[ordinal]));
            }

            lines.Add($"            primary key ({string.Join(", ", key)})");
        }

        var types = "";
        foreach (var type in EnumSql.TypesOf(copy.Columns))
        {
            types += "        " + EnumSql.CreateWithin(type.Type, type.Labels).Replace("\n", "\n        ") + "\n";
        }

        var schema = target.Schema == "public" ? "" : $"        create schema if not exists {PostgresIdentifier.Quote(target.Schema)};\n";
        return $"""
            do $dualdb$
            begin
                if to_regclass({PostgresIdentifier.Literal(table)}) is null then
            {types}{schema}        create table {table}
                    (
            {string.Join(",\n", lines)}
                    );
                end if;
            end
            $dualdb$
            """;
    }
}
