using System.Globalization;
using DualDb.Consistency.Worker;
using Npgsql;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>What the databases hold of purchases, their events and the effects of those, read past all lines.</summary>
internal sealed class EventRecord(WorkerAddress address)
{
    /// <summary>The purchases of both databases, as the ledger calls them.</summary>
    public async Task<List<string>> PurchasesAsync() =>
    [
        .. await ListAsync<string>(address.Neon, "select buyer || '/' || number from purchases"),
        .. await ListAsync<string>(address.Supabase, "select buyer || '/' || number from market_purchases"),
    ];

    /// <summary>The events of both outboxes, by the purchases that they tell of.</summary>
    public async Task<List<string>> EventsAsync()
    {
        const string Sql = "select (payload ->> 'buyer') || '/' || (payload ->> 'number') from dualdb.outbox";
        return [.. await ListAsync<string>(address.Neon, Sql), .. await ListAsync<string>(address.Supabase, Sql)];
    }

    /// <summary>The effects in Supabase, in the order in which they happened.</summary>
    public Task<List<string>> ActivitiesAsync() => ListAsync<string>(address.Supabase, "select buyer || '/' || number from activities order by id");

    /// <summary>The effects in Neon, in the order in which they happened.</summary>
    public Task<List<string>> ReceiptsAsync() => ListAsync<string>(address.Neon, "select buyer || '/' || number from receipts order by id");

    /// <summary>How many events wait for their first attempt, or for another.</summary>
    public async Task<long> OpenAsync()
    {
        const string Sql = "select (select count(*) from dualdb.outbox where handled_at is null) + (select count(*) from dualdb.outbox_deliveries)";
        return (await ListAsync<long>(address.Neon, Sql))[0] + (await ListAsync<long>(address.Supabase, Sql))[0];
    }

    /// <summary>What was given up, and why.</summary>
    public async Task<List<string>> DeadAsync()
    {
        const string Sql = "select handler || ' ' || coalesce(key, '') || ': ' || coalesce(error, '') from dualdb.outbox_deliveries where state = 'dead'";
        return [.. await ListAsync<string>(address.Neon, Sql), .. await ListAsync<string>(address.Supabase, Sql)];
    }

    /// <summary>What is open, and whose it is, for the message of a test that waited in vain.</summary>
    public async Task<List<string>> DescribeOpenAsync()
    {
        const string Sql = """
            select 'outbox ' || coalesce(key, '') || ': ' || count(*) || ' from id ' || min(id) || ', slot ' || slot from dualdb.outbox where handled_at is null group by key, slot
            union all
            select 'delivery ' || handler || ' ' || coalesce(key, '') || ': ' || count(*) || ' ' || state || ' from id ' || min(outbox_id) || ', slot ' || slot || ', attempts ' || max(attempts)
                || ', next at ' || coalesce(max(next_attempt_at)::text, 'none') || ' ' || coalesce(max(failure), '') from dualdb.outbox_deliveries group by handler, key, state, slot
            union all
            select 'slots of ' || coalesce(owner::text, 'nobody') || ': ' || count(*) || ' until ' || max(expires_at)::text || ': ' || string_agg(slot::text, ' ') from dualdb.outbox_slots group by owner
            union all
            select 'node ' || node || ' ' || name || ' until ' || expires_at from dualdb.outbox_nodes
            union all
            select 'session ' || pid || ' ' || coalesce(state, '') || ' ' || coalesce(wait_event_type, '') || '/' || coalesce(wait_event, '') || ' since ' || coalesce(state_change::text, '') || ': ' || left(query, 120)
            from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'
            union all
            select 'now ' || clock_timestamp()
            """;
        return ["Neon", .. await ListAsync<string>(address.Neon, Sql), "Supabase", .. await ListAsync<string>(address.Supabase, Sql)];
    }

    /// <summary>The events of a buyer from one number to another, and when each was handled, for the message of a test that found them out of order.</summary>
    public async Task<List<string>> DescribeAsync(string buyer, long first, long last)
    {
        var events = string.Create(
            CultureInfo.InvariantCulture,
            $"select event_id, (payload ->> 'number') || ' has id ' || id || ', slot ' || slot || ', published ' || published_at || ', marked ' || handled_at from dualdb.outbox where key = '{buyer}' and (payload ->> 'number')::bigint between {first} and {last} order by id");
        const string Handled = "select event_id, handler || ' received it at ' || handled_at from dualdb.inbox";
        var effects = (await PairsAsync(address.Neon, Handled)).Concat(await PairsAsync(address.Supabase, Handled)).ToLookup(static pair => pair.Event, static pair => pair.Text);
        return [.. (await PairsAsync(address.Neon, events)).Concat(await PairsAsync(address.Supabase, events)).Select(pair => $"{pair.Text}; {string.Join("; ", effects[pair.Event])}")];
    }

    private static async Task<List<(Guid Event, string Text)>> PairsAsync(string connectionString, string sql)
        => [.. (await ListAsync<string[]>(connectionString, $"select array[event_id::text, text] from ({sql}) pairs (event_id, text)")).Select(static pair => (Guid.Parse(pair[0]), pair[1]))];

    private static async Task<List<T>> ListAsync<T>(string connectionString, string sql)
    {
        // No pool: its connections were cut with the crashes of the servers.
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(reader.GetFieldValue<T>(0));
        }

        return rows;
    }
}
