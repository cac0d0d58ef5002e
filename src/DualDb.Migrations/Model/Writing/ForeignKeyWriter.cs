using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes foreign keys that other changes call for.</summary>
/// <param name="files">The files of the database.</param>
/// <param name="model">The schema as it is afterwards.</param>
internal sealed class ForeignKeyWriter(SqlFileSet files, SchemaModel model)
{
    private readonly List<(TableModel Table, TablePart Key)> _released = [];

    /// <summary>Drops the keys at either end of which a type changes where it is: between the two changes they do not fit.</summary>
    public void Release(IReadOnlyList<SchemaChange> changes)
    {
        var changed = changes.OfType<TypeChanged>().Where(change => change.Database == files.Database && change is { IsWidened: false, IsInPlace: true }).ToList();
        foreach (var table in model.Tables.Where(table => table.Database == files.Database))
        {
            foreach (var (key, part) in table.ForeignKeys.Zip(TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey)))
            {
                if (changed.Exists(change => Is(change, table.Schema, table.Name, key.Column) || Is(change, key.ToSchema, key.ToTable, key.ToColumn)))
                {
                    files.Switch.Add(PartWriter.DropConstraint(table, key.Name), down: null);
                    _released.Add((table, part));
                }
            }
        }
    }

    /// <summary>Adds those that were dropped, and those of tables that are created, when all tables are there.</summary>
    public void Add(IReadOnlyList<SchemaChange> changes)
    {
        foreach (var (table, key) in _released)
        {
            files.Switch.Add(TableSql.Alter(table, [$"add constraint {SqlName.Quote(key.Name)} {key.Definition} not valid"]), down: null);
            files.Contract.Add(TableSql.Alter(table, [$"validate constraint {SqlName.Quote(key.Name)}"]), down: null);
        }

        foreach (var table in changes.OfType<TableCreated>().Where(change => change.Database == files.Database).Select(static change => change.Table))
        {
            foreach (var key in TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey))
            {
                files.Expand.Add(
                    TableSql.Alter(table, [$"add constraint {SqlName.Quote(key.Name)} {key.Definition}"]), $"alter table if exists {SqlName.Of(table)} drop constraint if exists {SqlName.Quote(key.Name)};");
            }
        }
    }

    private static bool Is(TypeChanged change, string schema, string table, string column)
        => string.Equals(change.Table.Schema, schema, StringComparison.Ordinal)
            && string.Equals(change.Table.Name, table, StringComparison.Ordinal)
            && string.Equals(change.Column.Name, column, StringComparison.Ordinal);
}
