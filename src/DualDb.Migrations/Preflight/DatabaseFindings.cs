using System.Globalization;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Preflight;

/// <summary>What one database says of itself: one round trip.</summary>
/// <param name="Role">The login role.</param>
/// <param name="IsReadOnly">Whether it takes no writes from this role.</param>
/// <param name="IsReplica">Whether it is a replica.</param>
/// <param name="IsInstalled">Whether the tables of migrations are there.</param>
/// <param name="MayInstall">Whether the role may create them.</param>
/// <param name="Unwritable">Tables of migrations that are there and that the role may not write, tables of the capture that it may not read, and those through which the synchronisation is paused.</param>
/// <param name="Schema">The schema in which names without one are created; null for none.</param>
/// <param name="MayCreate">Whether the role may create something there.</param>
/// <param name="LongTransactions">Transactions that are open for too long: process, age in seconds, application.</param>
internal sealed record DatabaseFindings(string Role, bool IsReadOnly, bool IsReplica, bool IsInstalled, bool MayInstall, IReadOnlyList<string> Unwritable, string? Schema, bool MayCreate, IReadOnlyList<string> LongTransactions)
{
    private const string Look = """
        select
            current_user::text,
            current_setting('transaction_read_only') = 'on',
            pg_is_in_recovery(),
            to_regclass('dualdb.migration_runs') is not null,
            case when to_regnamespace('dualdb') is null then has_database_privilege(current_database(), 'create') else has_schema_privilege(to_regnamespace('dualdb')::oid, 'create') end,
            array(
                select format('%s on dualdb.%s', t.need, t.name)
                from (values ('select, insert, update', 'migrations'), ('select, insert, update', 'migration_runs'), ('select, update', 'migration_lock'), ('select', 'sync_tables'), ('select', 'watched_tables'), ('select', 'sync_maps'), ('select, insert, update', 'sync_pauses'), ('select, update', 'sync_positions')) t (need, name)
                join pg_class c on c.oid = to_regclass('dualdb.' || t.name)
                where not (select bool_and(has_table_privilege(c.oid, p)) from regexp_split_to_table(t.need, ', ') p)),
            current_schema()::text,
            coalesce(has_schema_privilege(current_schema(), 'create'), false),
            array(
                select format('process %s, %s s, %s', pid, extract(epoch from clock_timestamp() - xact_start)::bigint, coalesce(nullif(application_name, ''), 'of no name'))
                from pg_stat_activity
                where datname = current_database() and xact_start < clock_timestamp() - $1::interval and application_name <> $2 and backend_type = 'client backend'
                order by xact_start limit 5)
        """;

    /// <summary>Asks the database.</summary>
    public static async Task<DatabaseFindings> ReadAsync(NpgsqlConnection connection, TimeSpan? longest, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Look, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)longest ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = RunDatabases.ApplicationName, NpgsqlDbType = NpgsqlDbType.Text });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new DatabaseFindings(
            reader.GetString(0), reader.GetBoolean(1), reader.GetBoolean(2), reader.GetBoolean(3), reader.GetBoolean(4),
            reader.GetFieldValue<string[]>(5), reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetBoolean(7), reader.GetFieldValue<string[]>(8));
    }

    /// <summary>What of it is in the way of migrations.</summary>
    /// <param name="creates">Whether the plan creates something without saying in which schema.</param>
    public IEnumerable<string> Obstacles(bool creates)
    {
        if (IsReplica)
        {
            yield return "it is a replica, which takes no writes: name the primary in the connection string";
        }
        else if (IsReadOnly)
        {
            yield return $"the role \"{Role}\" only reads (default_transaction_read_only): name one that may change the schema";
        }

        if (!IsInstalled && !MayInstall)
        {
            yield return $"the role \"{Role}\" may not create the history of migrations: as an owner of the database, run: create schema if not exists dualdb; grant usage, create on schema dualdb to \"{Role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        if (Unwritable.Count > 0)
        {
            yield return $"the role \"{Role}\" lacks rights on what is there already: as its owner, run: {string.Join("; ", Unwritable.Select(right => $"grant {right} to \"{Role.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))}";
        }

        if (creates && !MayCreate)
        {
            yield return Schema is null
                ? "none of the schemas of the role's search_path is there, and the plan creates something without saying in which: create one, or write the schema in front of the names"
                : $"the role \"{Role}\" may not create anything in the schema {Schema}, and the plan does: as its owner, run: grant create on schema \"{Schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\" to \"{Role.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        }

        if (LongTransactions.Count > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"transactions have been open for long, and changes of a schema would wait for them ({string.Join("; ", LongTransactions)}): end them with pg_terminate_backend, or raise MigrationOptions.LongestTransaction");
        }
    }
}
