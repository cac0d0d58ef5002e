using DualDb.ChangeLog;
using DualDb.Migrations.Files;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Capture;

/// <summary>
/// Brings the capture of changes in step with tables that a migration has altered, in its transaction: between the two, an insert would fail, or a change be lost. What was altered is found in the catalogue, not in
/// the statements, which may be hidden in functions.
/// </summary>
internal static class CaptureRefresh
{
    /// <summary>Where the migration has already said the new name itself, the old one goes.</summary>
    private const string Rename = """
        with replaced as (
            delete from dualdb.{0} where (table_schema, table_name) = ($1, $2) and exists (select from dualdb.{0} where (table_schema, table_name) = ($3, $4))
        )
        update dualdb.{0} set table_schema = $3, table_name = $4
        where (table_schema, table_name) = ($1, $2) and not exists (select from dualdb.{0} where (table_schema, table_name) = ($3, $4))
        """;

    /// <summary>Says on each change from now on that it was captured under another form. It is a number that stands for a form, and no order is in it.</summary>
    private const string Raise = "update dualdb.sync_tables set schema_version = schema_version % 2147483647 + 1 where table_schema = $1 and table_name = $2";

    /// <summary>Refreshes what was altered.</summary>
    /// <returns>The tables, for the run to tell of.</returns>
    /// <exception cref="MigrationFailedException">A column of a key is gone, and the changes of the table could not be told apart any more.</exception>
    public static async Task<IReadOnlyList<ChangedTable>> RunAsync(NpgsqlConnection connection, Migration migration, IReadOnlyList<CapturedTable> before, CancellationToken cancellationToken)
    {
        var changed = new List<ChangedTable>();
        foreach (var altered in await AlteredTable.FindAsync(connection, before, cancellationToken).ConfigureAwait(false))
        {
            if (altered is { Schema: { } schema, Table: { } table })
            {
                RefuseWithoutKey(migration, altered);
                await RefreshAsync(connection, altered, schema, table, cancellationToken).ConfigureAwait(false);
            }

            changed.Add(new ChangedTable(migration.Id, $"{altered.Schema ?? altered.Before.Schema}.{altered.Table ?? altered.Before.Table}", altered.Before.IsSynchronized, altered.Table is null));
        }

        return changed;
    }

    private static async Task RefreshAsync(NpgsqlConnection connection, AlteredTable altered, string schema, string table, CancellationToken cancellationToken)
    {
        var before = altered.Before;
        using var batch = new NpgsqlBatch(connection);
        if (!string.Equals(schema, before.Schema, StringComparison.Ordinal) || !string.Equals(table, before.Table, StringComparison.Ordinal))
        {
            foreach (var registry in (string[])["logged_tables", "sync_tables", "watched_tables"])
            {
                batch.BatchCommands.Add(Command(Rename.Replace("{0}", registry, StringComparison.Ordinal), before.Schema, before.Table, schema, table));
            }
        }

        if (altered.IsFormChanged && before.IsSynchronized)
        {
            batch.BatchCommands.Add(Command(Raise, schema, table));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(ChangeLogTriggers.Create(schema, table, altered.Keys)));
        if (altered.Oid != before.Oid)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LetGo(before.Oid)));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    // The table that had the name before is kept under another one: what is written to it is not this table's.
    private static string LetGo(uint oid) => $"""
        do $dualdb$
        declare
            captured record;
        begin
            for captured in
                select t.tgname, t.tgrelid::regclass as relation from pg_trigger t
                where t.tgrelid = {oid.ToString(System.Globalization.CultureInfo.InvariantCulture)} and t.tgname in ('dualdb_change_log', 'dualdb_change_log_insert', 'dualdb_change_log_truncate')
            loop
                execute format('drop trigger %I on %s', captured.tgname, captured.relation);
            end loop;
        end
        $dualdb$
        """;

    private static void RefuseWithoutKey(Migration migration, AlteredTable altered)
    {
        if (altered.Keys.Length < altered.Before.Keys.Length)
        {
            throw new MigrationFailedException(
                $"{migration.Source}: {migration.Id} takes a column of the key ({string.Join(", ", altered.Before.Keys)}) from {altered.Schema}.{altered.Table} in {migration.Id.Database}, whose changes are captured: they could not be told apart any more. "
                + "Its transaction was rolled back. Forget the maps of the table (db.Sync.ForgetAsync), or drop the triggers dualdb_change_log, dualdb_change_log_insert and dualdb_change_log_truncate in the same file where only a cache watches it.")
            {
                Database = migration.Id.Database, Id = migration.Id,
            };
        }
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<string> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });
        }

        return command;
    }
}
