using DualDb.Errors;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.History;

/// <summary>Which files of rows were run, in a table of its own that is made with the first of them.</summary>
internal static class SeedHistory
{
    private const string Rows = "select name, checksum from dualdb.seeds";

    // A table of an earlier version lacks which tables the rows went into.
    private const string Create = """
        do $dualdb$
        begin
            create table if not exists dualdb.seeds
            (
                name text primary key,
                checksum text not null,
                statements integer not null,
                run_at timestamptz not null default clock_timestamp(),
                actor text not null,
                tool_version text not null,
                run_id uuid not null,
                tables text[],
                table_ids bigint[]
            );
            if not exists (select from pg_attribute where attrelid = 'dualdb.seeds'::regclass and attname = 'table_ids') then
                alter table dualdb.seeds add column tables text[], add column table_ids bigint[];
            end if;
        end
        $dualdb$
        """;

    // What a transaction has written to is what it holds the lock of writers on.
    private const string Insert = """
        with lease as (select from dualdb.migration_lock where owner = $1 and token = $2 for share)
        insert into dualdb.seeds (name, checksum, statements, actor, tool_version, run_id, tables, table_ids)
        select $3, $4, $5, $6, $7, $8, written.names, written.ids
        from lease, (
            select array_agg(format('%I.%I', n.nspname, c.relname) order by c.oid) as names, array_agg(c.oid::bigint order by c.oid) as ids
            from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
            where l.pid = pg_backend_pid() and l.locktype = 'relation' and l.mode = 'RowExclusiveLock' and l.database = (select oid from pg_database where datname = current_database())
                and c.relkind in ('r', 'p') and not c.relispartition and n.nspname <> 'dualdb' and n.nspname !~ '^pg_') written
        """;

    /// <summary>Reads what was run in a database, with the hashes of the texts.</summary>
    public static async Task<Dictionary<MigrationId, string>> ReadAsync(PostgresDatabase database, CancellationToken cancellationToken)
    {
        var found = new Dictionary<MigrationId, string>();
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(Rows, connection);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                found.Add(new MigrationId(database.Kind, reader.GetString(0)), reader.GetString(1));
            }
        }
        catch (PostgresException missing) when (missing.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            found.Clear();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Reading which seeds were run");
        }

        return found;
    }

    /// <summary>Writes that a file was run, in the transaction of its rows.</summary>
    /// <exception cref="MigrationLeaseLostException">Another migrator has taken over.</exception>
    public static async Task WriteAsync(RunContext run, NpgsqlConnection connection, MigrationId id, string checksum, int statements, CancellationToken cancellationToken)
    {
        await SessionSettings.ExecuteAsync(connection, Create, cancellationToken).ConfigureAwait(false);
        var lease = run.Lock.Of(id.Database);
        using var command = new NpgsqlCommand(Insert, connection)
        {
            Parameters =
            {
                LeaseSql.Value(lease.Owner), LeaseSql.Value(lease.Token), Text(id.Name), Text(checksum), new NpgsqlParameter<int> { TypedValue = statements, NpgsqlDbType = NpgsqlDbType.Integer },
                Text(run.Options.Actor), Text(ToolVersion.Text), LeaseSql.Value(run.RunId),
            },
        };
        if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
        {
            throw DualLock.Lost();
        }

        run.Outcome.Changed();
    }

    private static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };
}
