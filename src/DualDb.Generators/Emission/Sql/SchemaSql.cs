using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission.Sql;

/// <summary>Statements that create what is missing.</summary>
internal static class SchemaSql
{
    public static string CreateTable(EntitySpec entity)
    {
        var table = PostgresIdentifier.Table(entity);
        var lines = new List<string>();
        foreach (var column in entity.Columns)
        {
            lines.Add("    " + Definition(entity, column));
        }

        if (entity.Key.Count > 1)
        {
            lines.Add($"    primary key ({ColumnSql.KeyOrder(entity)})");
        }

        foreach (var group in entity.Uniques)
        {
            lines.Add($"    constraint {PostgresIdentifier.Quote(NameOf(entity, group, "key"))} unique ({Names(entity, group)})");
        }

        var statements = new List<string>();
        if (entity.Schema != "public")
        {
            statements.Add($"create schema if not exists {PostgresIdentifier.Quote(entity.Schema)};");
        }

        statements.Add($"create table if not exists {table}\n(\n{string.Join(",\n", lines)}\n);");
        foreach (var group in Indexes(entity))
        {
            statements.Add($"create index if not exists {PostgresIdentifier.Quote(NameOf(entity, group, "idx"))} on {table} ({Names(entity, group)});");
        }

        return string.Join("\n\n", statements);
    }

    /// <summary>Null where there are no foreign keys.</summary>
    public static string? CreateForeignKeys(EntitySpec entity)
    {
        var table = PostgresIdentifier.Table(entity);
        var statements = new List<string>();
        foreach (var reference in entity.References)
        {
            if (reference.ForeignKey is not { } target)
            {
                continue;
            }

            // `add constraint` has no `if not exists`.
            var column = entity.Columns[reference.Ordinal];
            var name = PostgresIdentifier.Derived($"{entity.Table}_{column.Name}_fkey");
            var from = $"{table}\n        add constraint {PostgresIdentifier.Quote(name)}";
            var to = $"{PostgresIdentifier.Table(target.Schema, target.Table)} ({PostgresIdentifier.Quote(target.Column)})";
            statements.Add($"""
                if not exists (
                    select from pg_constraint
                    where conname = {PostgresIdentifier.Literal(name)} and conrelid = {PostgresIdentifier.Literal(table)}::regclass)
                then
                    alter table {from}
                        foreign key ({ColumnSql.Name(column)}) references {to};
                end if;
                """.Replace("\n", "\n    "));
        }

        return statements.Count == 0
            ? null
            : $"do $dualdb$\nbegin\n    {string.Join("\n\n    ", statements)}\nend\n$dualdb$;";
    }

    /// <summary>
    /// One statement that creates a table like that of an entity in the other database. It looks before it creates, so that a role that may create nothing gets by where all is there. Only a copy that
    /// others write to has values of its own for what they leave out; keys are drawn from the sequence of one side alone.
    /// </summary>
    public static string CreateCopy(SyncTableSpec target, SyncCopySpec copy, bool isWritten)
    {
        var table = PostgresIdentifier.Table(target.Schema, target.Table);
        var lines = new List<string>();
        foreach (var column in copy.Columns)
        {
            var isOnlyKey = column.Role == ColumnRole.Key && copy.Key.Count == 1;
            lines.Add($"            {ColumnSql.Name(column)} {column.PostgresType}{(column.IsNullable || isOnlyKey ? "" : " not null")}{(isWritten ? Default(column) : "")}{(isOnlyKey ? " primary key" : "")}");
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

        var schema = target.Schema == "public" ? "" : $"        create schema if not exists {PostgresIdentifier.Quote(target.Schema)};\n";
        return $"""
            do $dualdb$
            begin
                if to_regclass({PostgresIdentifier.Literal(table)}) is null then
            {schema}        create table {table}
                    (
            {string.Join(",\n", lines)}
                    );
                end if;
            end
            $dualdb$
            """;
    }

    private static string Default(ColumnSpec column) => column.Role switch
    {
        ColumnRole.Version => " default 1",
        ColumnRole.CreatedAt or ColumnRole.UpdatedAt => " default " + EntityFacts.Now(column),
        ColumnRole.SoftDelete when !column.IsNullable => " default false",
        _ => "",
    };

    private static string Definition(EntitySpec entity, ColumnSpec column)
    {
        var isOnlyKey = column.Role == ColumnRole.Key && entity.Key.Count == 1;
        var origin = isOnlyKey && entity.KeyIsGenerated
            ? entity.KeyIsSequence() ? " generated by default as identity" : " default gen_random_uuid()"
            : Default(column);
        return ColumnSql.Name(column) + " " + column.PostgresType + (column.IsNullable || isOnlyKey ? "" : " not null") + origin + (isOnlyKey ? " primary key" : "");
    }

    // A reference without an index makes every lookup, and every deletion of the row it points at, a scan.
    private static List<ColumnGroupSpec> Indexes(EntitySpec entity)
    {
        var groups = new List<ColumnGroupSpec>();
        foreach (var reference in entity.References)
        {
            Add(entity, groups, new ColumnGroupSpec(null, new EquatableArray<int>([reference.Ordinal])));
        }

        foreach (var group in entity.Indexes)
        {
            Add(entity, groups, group);
        }

        return groups;
    }

    private static void Add(EntitySpec entity, List<ColumnGroupSpec> groups, ColumnGroupSpec group)
    {
        var isCovered = group is { Name: null, Ordinals.Count: 1 }
            && (entity.Key[0] == group.Ordinals[0] || LeadsUnique(entity, group.Ordinals[0]) || groups.Contains(group));
        if (!isCovered)
        {
            groups.Add(group);
        }
    }

    private static bool LeadsUnique(EntitySpec entity, int ordinal)
    {
        foreach (var unique in entity.Uniques)
        {
            if (unique.Ordinals[0] == ordinal)
            {
                return true;
            }
        }

        return false;
    }

    private static string NameOf(EntitySpec entity, ColumnGroupSpec group, string suffix)
        => group.Name ?? PostgresIdentifier.Derived($"{entity.Table}_{entity.Columns[group.Ordinals[0]].Name}_{suffix}");

    private static string Names(EntitySpec entity, ColumnGroupSpec group)
    {
        var names = new List<string>();
        foreach (var ordinal in group.Ordinals)
        {
            names.Add(ColumnSql.Name(entity.Columns[ordinal]));
        }

        return string.Join(", ", names);
    }
}
