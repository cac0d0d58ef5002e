using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes foreign keys that other changes call for.</summary>
/// <param name="files">The files of the database.</param>
/// <param name="model">The schema as it is afterwards.</param>
internal sealed class ForeignKeyWriter(SqlFileSet files, SchemaModel model)
{
    private readonly List<(TableModel Table, TablePart Key)> _released = [];

    /// <summary>Drops the keys at either end of which a type changes where it is, since between the two changes they do not fit; and those that lead to a table whose primary key changes, since they stand on it.</summary>
    /// <exception cref="ScaffoldException">A key would have nothing to stand on afterwards.</exception>
    public void Release(IReadOnlyList<SchemaChange> changes)
    {
        var changed = changes.OfType<TypeChanged>().Where(change => change.Database == files.Database && change is { IsWidened: false, IsInPlace: true }).ToList();
        var rekeyed = changes.OfType<PrimaryKeyChanged>().Where(change => change.Database == files.Database).ToList();
        foreach (var table in model.Tables.Where(table => table.Database == files.Database))
        {
            foreach (var (key, part) in table.ForeignKeys.Zip(TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey)))
            {
                var standsOn = rekeyed.Find(change => LeadsTo(part, change.Table));
                if (standsOn is not null)
                {
                    RequireUnique(table, key, standsOn.Table);
                }

                if (standsOn is not null || changed.Exists(change => Is(change, table.Schema, table.Name, key.Column) || Is(change, key.ToSchema, key.ToTable, key.ToColumn)))
                {
                    if (!IsNew(table, part, changes))
                    {
                        files.Switch.Add(PartWriter.DropConstraint(table, key.Name), down: null);
                    }

                    _released.Add((table, part));
                }
            }
        }

        // Tables that go are still there at that time.
        foreach (var table in changes.OfType<TableDropped>().Where(change => change.Database == files.Database).Select(static change => change.Table))
        {
            foreach (var part in TablePart.Of(table).Where(part => part.Kind == PartKind.ForeignKey && rekeyed.Exists(change => LeadsTo(part, change.Table))))
            {
                files.Switch.Add(PartWriter.DropConstraint(table, part.Name), down: null);
            }
        }
    }

    /// <summary>Whether a key is added behind all else that <see cref="Release"/> has made way for.</summary>
    public bool IsReleased(PartChange change) => change is PartAdded && IsReleased(change.Table, change.Part);

    /// <summary>
    /// Writes a change of a key that leads to a table which moves: between the phases its rows are in neither database whole. What led to it where it was is dropped with the switch, what leads to it where it goes is added behind.
    /// </summary>
    /// <returns>Whether it is one.</returns>
    public bool WriteOfMoved(PartChange change, IReadOnlyList<SchemaChange> changes)
    {
        var (table, part) = (change.Table, change.Part);
        if (part.Kind != PartKind.ForeignKey || change is not (PartAdded or PartDropped) || !changes.Any(moved => LeadsTo(part, moved)))
        {
            return false;
        }

        if (change is PartDropped)
        {
            files.Switch.Add(PartWriter.DropConstraint(table, part.Name), AddAgain(table, part));
        }
        else
        {
            AddBehind(table, part);
        }

        return true;
    }

    /// <summary>Adds a key again that was dropped; the rows that came meanwhile are not looked at.</summary>
    public static string AddAgain(TableModel table, TablePart key) => TableSql.Alter(table, [$"add constraint {SqlName.Quote(key.Name)} {key.Definition} not valid"]);

    /// <summary>Adds those that were dropped, and those of tables that are created, when all tables are there.</summary>
    public void Add(IReadOnlyList<SchemaChange> changes)
    {
        foreach (var (table, key) in _released)
        {
            files.Switch.Add(TableSql.Alter(table, [$"add constraint {SqlName.Quote(key.Name)} {key.Definition} not valid"]), down: null);
            files.Contract.Add(TableSql.Alter(table, [$"validate constraint {SqlName.Quote(key.Name)}"]), down: null);
        }

        foreach (var created in changes.OfType<TableCreated>().Where(change => change.Database == files.Database))
        {
            var table = created.Table;
            foreach (var key in TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey))
            {
                if (IsReleased(table, key))
                {
                    continue;
                }

                if (created.MovedFrom is not null || changes.Any(moved => LeadsTo(key, moved)))
                {
                    AddBehind(table, key);
                    continue;
                }

                files.Expand.Add(
                    TableSql.Alter(table, [$"add constraint {SqlName.Quote(key.Name)} {key.Definition}"]), $"alter table if exists {SqlName.Of(table)} drop constraint if exists {SqlName.Quote(key.Name)};");
            }
        }
    }

    private bool IsReleased(TableModel table, TablePart part)
        => part.Kind == PartKind.ForeignKey && _released.Exists(one => one.Table.Key == table.Key && string.Equals(one.Key.Name, part.Name, StringComparison.Ordinal));

    // Nothing is there yet that could be dropped.
    private static bool IsNew(TableModel table, TablePart part, IReadOnlyList<SchemaChange> changes) => changes.Any(change => change switch
    {
        TableCreated created => created.Table.Key == table.Key,
        PartAdded { Replaces: null } added => added.Table.Key == table.Key && added.Part.Kind == part.Kind && string.Equals(added.Part.Name, part.Name, StringComparison.Ordinal),
        _ => false,
    });

    // PostgreSQL wants exactly the columns that are referred to, in a key or a unique constraint.
    private static void RequireUnique(TableModel table, ForeignKeyModel key, TableModel target)
    {
        if (!target.PrimaryKey.SequenceEqual([key.ToColumn], StringComparer.Ordinal) && !target.Uniques.Any(unique => unique.Columns.SequenceEqual([key.ToColumn], StringComparer.Ordinal)))
        {
            throw new ScaffoldException(
                $"The primary key of {target.FullName} in {target.Database} becomes ({SqlName.List(target.PrimaryKey)}), and {table.FullName}.{key.Column} refers to {key.ToColumn}, which is not unique by itself then. "
                + $"Mark {key.ToColumn} of {target.FullName} with [Unique], or take the reference out of the model, and add the migration again. Nothing was written.");
        }
    }

    private void AddBehind(TableModel table, TablePart key)
    {
        files.Switch.Add(AddAgain(table, key), $"alter table if exists {SqlName.Of(table)} drop constraint if exists {SqlName.Quote(key.Name)};");
        files.Contract.Add(TableSql.Alter(table, [$"validate constraint {SqlName.Quote(key.Name)}"]), down: null);
    }

    // Where a table is created, by the place that it gets; where one is dropped, by the place that it had.
    private bool LeadsTo(TablePart key, SchemaChange change) => change switch
    {
        TableCreated { MovedFrom: not null } created => created.Database == files.Database && LeadsTo(key, created.Table),
        TableDropped { MovedTo: not null } dropped => dropped.Database == files.Database && LeadsTo(key, dropped.Table),
        _ => false,
    };

    private static bool LeadsTo(TablePart key, TableModel table) => key.Definition.Contains($" references {SqlName.Of(table)} (", StringComparison.Ordinal);

    private static bool Is(TypeChanged change, string schema, string table, string column)
        => string.Equals(change.Table.Schema, schema, StringComparison.Ordinal)
            && string.Equals(change.Table.Name, table, StringComparison.Ordinal)
            && string.Equals(change.Column.Name, column, StringComparison.Ordinal);
}
