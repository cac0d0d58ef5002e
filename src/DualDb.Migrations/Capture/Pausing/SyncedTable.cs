using Npgsql;

namespace DualDb.Migrations.Capture.Pausing;

/// <summary>A table whose rows the synchronisation reads, or writes.</summary>
/// <param name="Schema">Its schema.</param>
/// <param name="Name">Its name.</param>
internal sealed record SyncedTable(string Schema, string Name)
{
    private const string CanPause = "select to_regclass('dualdb.sync_pauses') is not null and to_regclass('dualdb.sync_tables') is not null";

    private const string Find = """
        select table_schema, table_name from dualdb.sync_tables
        union
        select m.target_schema, m.target_table from (select distinct on (source, map) target_schema, target_table from dualdb.sync_maps order by source, map, id desc) m where m.target_table is not null
        """;

    /// <summary>Those of a database; none where nothing is synchronised, or by a version that knows no pauses.</summary>
    public static async Task<IReadOnlyList<SyncedTable>> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (!await CanPauseAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            return [];
        }

        using var command = new NpgsqlCommand(Find, connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var found = new List<SyncedTable>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            found.Add(new SyncedTable(reader.GetString(0), reader.GetString(1)));
        }

        return found;
    }

    /// <summary>Whether a database keeps pauses.</summary>
    public static async Task<bool> CanPauseAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(CanPause, connection);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
    }
}
