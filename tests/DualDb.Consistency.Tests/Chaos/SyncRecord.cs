using DualDb.Consistency.Worker;
using Npgsql;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>What both sides hold, read past all lines.</summary>
internal sealed class SyncRecord(WorkerAddress address)
{
    /// <summary>The rows of a side, in the order of their keys.</summary>
    public Task<List<string>> RowsAsync(Database database)
        => ListAsync(database, $"select id || ' ' || name || ' ' || amount from {(database == Database.Neon ? "items" : "copies")} order by id");

    /// <summary>The writes that the logs tell of: each is to be in one of them, once. Decisions are told apart.</summary>
    public async Task<List<string>> LoggedAsync()
    {
        const string Sql = "select new ->> 'name' from dualdb.change_log where new is not null and origin is null and table_name in ('items', 'copies')";
        return [.. await ListAsync(Database.Neon, Sql), .. await ListAsync(Database.Supabase, Sql)];
    }

    /// <summary>What was put aside.</summary>
    public async Task<List<string>> ParkedAsync()
    {
        const string Sql = "select key || ': ' || error from dualdb.sync_parked";
        return [.. await ListAsync(Database.Neon, Sql), .. await ListAsync(Database.Supabase, Sql)];
    }

    public async Task<string> ConflictsAsync() => (await ListAsync(Database.Neon, "select count(*)::text from dualdb.sync_conflicts"))[0];

    /// <summary>How both directions stand, for the message of a test that waited in vain.</summary>
    public async Task<List<string>> DescribeAsync()
    {
        const string Sql = """
            select 'position of ' || source || ': ' || position || ', last change ' || coalesce(last_change_id::text, 'none') || ', until ' || expires_at || ' ' || coalesce(stopped, '') from dualdb.sync_positions
            union all select 'log to ' || max(id) || ', now ' || pg_current_snapshot()::text || ' ' || clock_timestamp() from dualdb.change_log
            union all select 'session ' || pid || ' ' || coalesce(state, '') || ' ' || coalesce(wait_event, '') || ': ' || left(query, 100) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'
            """;
        return ["Neon", .. await ListAsync(Database.Neon, Sql), "Supabase", .. await ListAsync(Database.Supabase, Sql)];
    }

    private async Task<List<string>> ListAsync(Database database, string sql)
    {
        // No pool: its connections were cut with the crashes of the servers.
        var connectionString = database == Database.Neon ? address.Neon : address.Supabase;
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
