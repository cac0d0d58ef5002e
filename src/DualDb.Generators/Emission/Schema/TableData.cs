using System.Collections.Generic;
using DualDb.Generators.Emission.Sql;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes a table as data.</summary>
internal static class TableData
{
    /// <summary>The table of an entity; null where none is generated.</summary>
    public static SchemaTableSpec? Of(EntitySpec entity)
    {
        if (entity.Level != EmissionLevel.Full)
        {
            return null;
        }

        var enums = EnumSql.TypesOf(entity.Columns).ConvertAll(type => EnumPart(entity.Database, type.Type, type.Labels));
        return new SchemaTableSpec(entity.Type.FullName, new SchemaPartSpec(KeyOf(entity.Database, entity.Schema, entity.Table), Json(entity)), enums.ToEquatableArray());
    }

    /// <summary>The table of a copy: the columns and the key of the entity, and no more.</summary>
    public static SchemaTableSpec Of(SyncTableSpec target, SyncCopySpec copy, bool isWritten)
    {
        var columns = new List<string>();
        var enums = EnumSql.TypesOf(copy.Columns).ConvertAll(type => EnumPart(target.Database, type.Type, type.Labels));
        foreach (var column in copy.Columns)
        {
            columns.Add(Column(column, isWritten ? SchemaSql.DefaultValue(column) : null, isIdentity: false));
        }

        var json = DataText.Block(
            ("database", DataText.Of(target.Database)),
            ("schema", DataText.Of(target.Schema)),
            ("name", DataText.Of(target.Table)),
            ("isCopy", "true"),
            ("columns", DataText.Lines(columns)),
            ("primaryKey", Names(copy.Columns, copy.Key)));
        return new SchemaTableSpec(Entity: null, new SchemaPartSpec(KeyOf(target.Database, target.Schema, target.Table), json), enums.ToEquatableArray());
    }

    private static string Json(EntitySpec entity) => DataText.Block(
        ("database", DataText.Of(entity.Database)),
        ("schema", DataText.Of(entity.Schema)),
        ("name", DataText.Of(entity.Table)),
        ("renamedFrom", Text(entity.RenamedFrom)),
        ("comment", Text(entity.Comment)),
        ("columns", DataText.Lines(Columns(entity))),
        ("primaryKey", Names(entity.Columns, entity.Key)),
        ("uniques", DataText.Lines(Uniques(entity))),
        ("checks", DataText.Lines(Checks(entity))),
        ("indexes", DataText.Lines(Indexes(entity))),
        ("foreignKeys", DataText.Lines(ForeignKeys(entity))));

    private static List<string> Columns(EntitySpec entity)
    {
        var columns = new List<string>();
        foreach (var column in entity.Columns)
        {
            var isGenerated = column.Role == ColumnRole.Key && entity.Key.Count == 1 && entity.KeyIsGenerated;
            var isIdentity = isGenerated && entity.KeyIsSequence();
            columns.Add(Column(column, isIdentity ? null : isGenerated ? "gen_random_uuid()" : SchemaSql.DefaultValue(column), isIdentity));
        }

        return columns;
    }

    private static string Column(ColumnSpec column, string? value, bool isIdentity) => DataText.Line(
        ("name", DataText.Of(column.Name)),
        ("type", DataText.Of(column.PostgresType)),
        ("nullable", column.IsNullable ? "true" : null),
        ("identity", isIdentity ? "true" : null),
        ("default", Text(value)),
        ("renamedFrom", Text(column.RenamedFrom)),
        ("comment", Text(column.Comment)),
        ("sensitive", column.IsSensitive ? "true" : null));

    private static List<string> Uniques(EntitySpec entity)
    {
        var uniques = new List<string>();
        foreach (var group in entity.Uniques)
        {
            uniques.Add(DataText.Line(("name", DataText.Of(SchemaSql.NameOfUnique(entity, group))), ("columns", Names(entity.Columns, group.Ordinals))));
        }

        return uniques;
    }

    private static List<string> Checks(EntitySpec entity)
    {
        var checks = new List<string>();
        foreach (var check in CheckSql.Of(entity))
        {
            checks.Add(DataText.Line(("name", DataText.Of(check.Name)), ("sql", DataText.Of(check.Sql))));
        }

        return checks;
    }

    private static List<string> Indexes(EntitySpec entity)
    {
        var indexes = new List<string>();
        foreach (var group in SchemaSql.Indexes(entity))
        {
            indexes.Add(DataText.Line(
                ("name", DataText.Of(SchemaSql.NameOfIndex(entity, group))), ("columns", Names(entity.Columns, group.Ordinals)), ("method", Text(group.Method)), ("where", Text(group.Where))));
        }

        return indexes;
    }

    private static List<string> ForeignKeys(EntitySpec entity)
    {
        var keys = new List<string>();
        foreach (var reference in entity.References)
        {
            if (reference.ForeignKey is { } target)
            {
                var column = entity.Columns[reference.Ordinal];
                keys.Add(DataText.Line(
                    ("name", DataText.Of(SchemaSql.NameOfForeignKey(entity, column))),
                    ("column", DataText.Of(column.Name)),
                    ("toSchema", DataText.Of(target.Schema)),
                    ("toTable", DataText.Of(target.Table)),
                    ("toColumn", DataText.Of(target.Column))));
            }
        }

        return keys;
    }

    private static SchemaPartSpec EnumPart(DatabaseKind database, PostgresEnumSpec type, List<string> labels) => new(
        KeyOf(database, type.Schema, type.Name),
        DataText.Line(("database", DataText.Of(database)), ("schema", DataText.Of(type.Schema)), ("name", DataText.Of(type.Name)), ("values", DataText.List(labels))));

    private static string Names(EquatableArray<ColumnSpec> columns, EquatableArray<int> ordinals)
    {
        var names = new List<string>();
        foreach (var ordinal in ordinals)
        {
            names.Add(columns[ordinal].Name);
        }

        return DataText.List(names);
    }

    private static string? Text(string? text) => text is null ? null : DataText.Of(text);

    // NUL is in no name, and comes before all that is: the order is that of the parts.
    private static string KeyOf(DatabaseKind database, string schema, string name) => $"{database}\0{schema}\0{name}";
}
