using DualDb.Errors;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;

namespace DualDb.Migrations.History;

/// <summary>Which tables of the files of rows are there, so that what is undone can say which of them went with it.</summary>
internal static class SeedTables
{
    // By its number a table is known that has another name by now, and by its name one that was restored from a copy. What is not there has no number: it did not go with what is undone from now on, also where that breaks off and goes on.
    private const string Note = """
        with lease as (select from dualdb.migration_lock where owner = $1 and token = $2 for share)
        update dualdb.seeds s set table_ids = now.ids
        from lease, (
            select o.name, array_agg(coalesce((select c.oid::bigint from pg_class c where c.oid = t.id::oid), to_regclass(t.name)::oid::bigint, 0) order by t.place) as ids
            from dualdb.seeds o, unnest(o.tables, o.table_ids) with ordinality as t (name, id, place) group by o.name) now
        where s.name = now.name and s.table_ids is distinct from now.ids
        """;

    private const string Forget = """
        with lease as (select from dualdb.migration_lock where owner = $1 and token = $2 for share),
        gone as (
            select s.name, bool_and(t.is_gone) as is_whole
            from dualdb.seeds s, lateral (
                select t.id <> 0 and to_regclass(t.name) is null and not exists (select from pg_class c where c.oid = t.id::oid) as is_gone
                from unnest(s.tables, s.table_ids) as t (name, id)) t
            group by s.name having bool_or(t.is_gone)),
        forgotten as (delete from dualdb.seeds s using lease, gone where s.name = gone.name and gone.is_whole)
        select name, is_whole from gone
        """;

    /// <summary>Writes down which tables are there, before anything is undone.</summary>
    public static Task NoteAsync(RunContext run, PostgresDatabase database, CancellationToken cancellationToken)
        => SendAsync(run, database, Note, "Noting which tables of seeds are there", static _ => { }, cancellationToken);

    /// <summary>Forgets that files were run all of whose tables are gone since: their rows went with them, and whoever applies again what was undone may ask for them again. One that has a table left would double the rows in it, and stays.</summary>
    public static async Task<GoneSeeds> ForgetAsync(RunContext run, PostgresDatabase database, CancellationToken cancellationToken)
    {
        var (whole, partly) = (new List<MigrationId>(), new List<MigrationId>());
        await SendAsync(run, database, Forget, "Forgetting which seeds were run", row => (row.GetBoolean(1) ? whole : partly).Add(new MigrationId(database.Kind, row.GetString(0))), cancellationToken).ConfigureAwait(false);
        return new GoneSeeds([.. whole.Order()], [.. partly.Order()]);
    }

    private static async Task SendAsync(RunContext run, PostgresDatabase database, string sql, string operation, Action<NpgsqlDataReader> take, CancellationToken cancellationToken)
    {
        var lease = run.Lock.Of(database.Kind);
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(sql, connection) { Parameters = { LeaseSql.Value(lease.Owner), LeaseSql.Value(lease.Token) } };
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                take(reader);
            }
        }
        catch (PostgresException none) when (none.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege)
        {
            // No file was run, or none by a version that notes its tables; or somebody else runs them. What was undone is undone all the same.
        }
        catch (NpgsqlException exception)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, operation);
        }
    }
}

/// <summary>Files of rows whose tables went with what was undone.</summary>
/// <param name="Whole">Those of which no table is left: that they were run is forgotten.</param>
/// <param name="Partly">Those of which some tables are left.</param>
internal sealed record GoneSeeds(IReadOnlyList<MigrationId> Whole, IReadOnlyList<MigrationId> Partly);
