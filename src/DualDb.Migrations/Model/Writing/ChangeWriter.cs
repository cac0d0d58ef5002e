using DualDb.Migrations.Model.Changes;

namespace DualDb.Migrations.Model.Writing;

/// <summary>Writes changes of tables into the files of a migration, each into the phase in which the application that runs bears it.</summary>
/// <param name="files">The files of the database.</param>
internal sealed class ChangeWriter(SqlFileSet files)
{
    /// <summary>Writes what belongs into one database.</summary>
    public static SqlFileSet Write(Database database, IReadOnlyList<SchemaChange> changes, SchemaModel model)
    {
        var files = new SqlFileSet(database);
        var keys = new ForeignKeyWriter(files, model);
        keys.Release(changes);
        var (tables, columns, parts, enums) = (new ChangeWriter(files), new ColumnWriter(files), new PartWriter(files), new EnumWriter(files));

        var rebuilt = changes.OfType<EnumRebuilt>().Where(change => change.Database == database).ToList();
        var waiting = new EnumRebuildDelays(rebuilt, [.. changes.Where(change => change.Database == database)]);
        var rebuilds = new EnumRebuildWriter(files, rebuilt, waiting);
        var early = waiting.Before();

        // What stands on a column that another one takes the place of is built for that one. The first of several that belong together writes all of them.
        var replaced = early.OfType<TypeChanged>().Where(static change => change.IsReplaced).ToLookup(static change => change.Table.Key);
        foreach (var change in Ordered(early))
        {
            switch (change)
            {
                case EnumRebuilt one when !ReferenceEquals(one, rebuilt[0]): break;
                case EnumRebuilt: rebuilds.Write(); break;
                case EnumChange one: enums.Write(one); break;
                case TypeChanged { IsReplaced: true } one when !ReferenceEquals(one, replaced[one.Table.Key].First()): break;
                case TypeChanged { IsReplaced: true } one: new ReplacementWriter(files).Write([.. replaced[one.Table.Key]]); break;
                case TypeChanged one: new TypeWriter(files).Write(one); break;
                case ColumnChange one: columns.Write(one); break;
                case PartAdded one when replaced[one.Table.Key].Any(column => one.Part.Names(column.Column.Name)): break;
                case PartChange one when keys.IsReleased(one): break;
                case PartChange one when keys.WriteOfMoved(one, changes): break;
                case PartChange one: parts.Write(one); break;
                case TableChange one: tables.Write(one); break;
                default: throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(changes));
            }
        }

        keys.Add(changes);
        return files;
    }

    // Types before the columns that have them; renames before all that speaks of the new names; tables before what refers to them; indexes and constraints go before their columns, and come after them.
    private static IEnumerable<SchemaChange> Ordered(IEnumerable<SchemaChange> changes) => changes.OrderBy(static change => change switch
    {
        EnumCreated or EnumExtended => 0,
        TableRenamed => 1,
        ColumnRenamed => 2,
        PartRenamed => 3,
        PartDropped => 4,
        TableCreated => 5,
        PartAdded => 8,
        PrimaryKeyChanged => 7,
        CaptureAdded => 9,
        TableDropped => 10,
        EnumRebuilt => 11,
        EnumDropped => 12,
        _ => 6,
    });

    private void Write(TableChange change)
    {
        var table = change.Table;
        var name = SqlName.Of(table);
        switch (change)
        {
            case TableCreated created:
                Create(table, created.IsCaptured);
                Move(created.MovedFrom, table, files.Backfill, files.Switch);
                break;
            case TableRenamed renamed:
                files.Expand.Add($"alter table {SqlName.Of(renamed.From)} rename to {SqlName.Quote(table.Name)};", $"alter table {name} rename to {SqlName.Quote(renamed.From.Name)};");
                files.Expand.Add(RenameKey(table, renamed.From.Name, table.Name), RenameKey(table, table.Name, renamed.From.Name));
                files.Expand.Add(CaptureSql.Refresh(table), CaptureSql.Refresh(renamed.From));
                break;
            case CommentChanged comment:
                files.Expand.Add(TableSql.Comment(table, comment.Column, comment.To), TableSql.Comment(table, comment.Column, comment.From));
                break;
            case PrimaryKeyChanged key:
                ChangeKey(key);
                break;
            case CaptureAdded:
                files.Expand.Add(CaptureSql.Create(table), "");
                break;
            case TableDropped { MovedTo: { } moved }:
                Move(table, moved, files.Contract);
                Release(table);
                files.Contract.Add($"drop table {SqlName.Of(table)};", down: null);
                break;
            case TableDropped:
                Drop(table);
                break;
            default:
                throw new ArgumentException($"{change.GetType().Name} cannot be written.", nameof(change));
        }
    }

    private void Create(TableModel table, bool isCaptured)
    {
        files.Creates(table);
        if (!string.Equals(table.Schema, "public", StringComparison.Ordinal))
        {
            files.Expand.Add($"create schema if not exists {SqlName.Quote(table.Schema)};", "");
        }

        files.Expand.Add(TableSql.Create(table), $"drop table if exists {SqlName.Of(table)};");
        foreach (var part in TablePart.Of(table).Where(static part => part.Kind == PartKind.Index))
        {
            files.Expand.Add(TableSql.CreateIndex(table, part, concurrently: false), "");
        }

        foreach (var (column, comment) in table.Columns.Select(static column => ((string?)column.Name, column.Comment)).Prepend((null, table.Comment)))
        {
            if (comment is not null)
            {
                files.Expand.Add(TableSql.Comment(table, column, comment), "");
            }
        }

        if (table.Database == Database.Supabase)
        {
            files.Expand.Add(SecuritySql.Enable(table), "");
        }

        if (isCaptured)
        {
            files.Expand.Add(CaptureSql.Create(table), "");
        }
    }

    private void Drop(TableModel table)
    {
        // Tables that refer to each other could not be dropped in any order.
        foreach (var key in TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey))
        {
            files.Contract.Add($"alter table {SqlName.Of(table)} drop constraint if exists {SqlName.Quote(key.Name)};", down: null);
        }

        files.Contract.Add($"drop table {SqlName.Of(table)};", down: null);
    }

    private static void Move(TableModel? from, TableModel to, params ReadOnlySpan<SqlFile> files)
    {
        foreach (var file in files)
        {
            if (from is not null)
            {
                file.Moves.Add((from, to));
            }
        }
    }

    // From the switch on its rows stand still, and must not keep others from being deleted.
    private void Release(TableModel table)
    {
        foreach (var key in TablePart.Of(table).Where(static part => part.Kind == PartKind.ForeignKey))
        {
            files.Switch.Add(PartWriter.DropConstraint(table, key.Name), ForeignKeyWriter.AddAgain(table, key));
        }
    }

    private void ChangeKey(PrimaryKeyChanged key)
    {
        var (from, to) = (key.From, key.Table);
        var name = from.PrimaryKeyName ?? TableSql.KeyName(to.Name);
        var known = from.PrimaryKey.Count > 0 && from.PrimaryKeyName is null ? $" Where the key is not called {name} (as EF Core calls it \"PK_{to.Name}\"), write its name." : "";
        files.Switch.Add(
            $"-- Nobody reads or writes the table meanwhile. Foreign keys of tables that the model does not know have to be dropped before.{known}\n" + TableSql.Alter(
                to,
                [
                    .. from.PrimaryKey.Count > 0 ? [$"drop constraint {SqlName.Quote(name)}"] : Array.Empty<string>(),
                    .. to.PrimaryKey.Count > 0 ? [$"add primary key ({SqlName.List(to.PrimaryKey)})"] : Array.Empty<string>(),
                ]),
            down: null);
        files.Switch.Add(CaptureSql.Refresh(key.Table), "");
    }

    private static string RenameKey(TableModel table, string from, string to)
        => $"alter index if exists {SqlName.Of(table.Schema, TableSql.KeyName(from))} rename to {SqlName.Quote(TableSql.KeyName(to))};";
}
