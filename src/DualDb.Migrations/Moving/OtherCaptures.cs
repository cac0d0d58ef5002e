using DualDb.Migrations.Files;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Moving;

/// <summary>What captures the changes of a table that moves, and would go on where nothing is written any more: the synchronisation, publications and triggers of others. A cache that watches the table is none: the application watches it where it is then.</summary>
internal static class OtherCaptures
{
    private const string IsThere = "select to_regclass('dualdb.sync_tables') is not null, exists (select from pg_attribute where attrelid = to_regclass('dualdb.sync_maps') and attname = 'target_table' and not attisdropped)";

    private const string IsRead = "select exists (select from dualdb.sync_tables where table_schema = $1 and table_name = $2)";

    // The last form of each map counts. What is written to by the synchronisation alone is in no list of tables whose changes are captured.
    private const string IsWritten = "select exists (select from (select distinct on (source, map) target_schema, target_table from dualdb.sync_maps order by source, map, id desc) m where m.target_schema = $1 and m.target_table = $2)";

    // Triggers behind the change, of those who want to know of it; the ones before it make values, and belong to the table.
    private const string Find = """
        select 'publication ' || pubname from pg_publication_tables where schemaname = $1 and tablename = $2
        union
        select 'trigger ' || t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = $1 and c.relname = $2 and not t.tgisinternal and t.tgenabled <> 'D' and t.tgtype & 66 = 0 and not starts_with(t.tgname, 'dualdb_')
        order by 1
        """;

    /// <summary>Whether the synchronisation reads a table, or writes it.</summary>
    public static async Task<bool> AreSynchronizedAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        bool isRead, isWritten;
        using (var asking = new NpgsqlCommand(IsThere, connection))
        {
            var reader = await asking.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using var closed = reader.ConfigureAwait(false);
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            (isRead, isWritten) = (reader.GetBoolean(0), reader.GetBoolean(1));
        }

        return (isRead && await IsAsync(connection, IsRead, table, cancellationToken).ConfigureAwait(false))
            || (isWritten && await IsAsync(connection, IsWritten, table, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The publications and triggers of a table, each as <c>publication p</c>.</summary>
    public static async Task<IReadOnlyList<string>> FindAsync(NpgsqlConnection connection, TableName table, CancellationToken cancellationToken)
    {
        using var command = Command(connection, Find, table);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var found = new List<string>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(reader.GetString(0));
        }

        return found;
    }

    private static async Task<bool> IsAsync(NpgsqlConnection connection, string sql, TableName table, CancellationToken cancellationToken)
    {
        using var command = Command(connection, sql, table);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, TableName table) => new(sql, connection)
    {
        Parameters = { new NpgsqlParameter<string> { TypedValue = table.Schema, NpgsqlDbType = NpgsqlDbType.Text }, new NpgsqlParameter<string> { TypedValue = table.Name, NpgsqlDbType = NpgsqlDbType.Text } },
    };
}
