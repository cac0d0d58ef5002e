using System.Globalization;
using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Events;

/// <summary>What a dispatcher asks is answered by indexes, however much was handled before, and counted right.</summary>
public sealed class FigureTests(ConsistencyServers places)
{
    private const string Rows = """
        insert into dualdb.outbox (event_id, name, version, slot, key, payload, handled_at, due_at)
        select gen_random_uuid(), 'purchase.made', 1, n % 64, 'k' || n, '{}', case when n <= 30000 then clock_timestamp() end, case when n > 30000 then clock_timestamp() + interval '1 hour' end
        from generate_series(1, 32000) n;
        insert into dualdb.outbox_deliveries (outbox_id, event_id, published_at, name, version, slot, key, payload, handler, state, attempts, failure)
        select -n, gen_random_uuid(), now(), 'purchase.made', 1, 3, 'd' || (n % 30), '{}', 'RecordActivity', case when n < 30 then 'dead' else 'waiting' end, 1, 'poison'
        from generate_series(0, 49) n;
        analyze dualdb.outbox;
        analyze dualdb.outbox_deliveries;
        """;

    private const string ReadInTurn = "select coalesce(sum(seq_tup_read), 0)::bigint from pg_stat_user_tables where schemaname = 'dualdb' and relname like 'outbox_p2%'";

    [Fact]
    public async Task Looks_and_figures_use_indexes_and_count_what_is_open()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await using (var connection = new NpgsqlConnection(place.Neon))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(Rows, connection);
            await command.ExecuteNonQueryAsync();
        }

        await AskersAsync(place, "filler");
        var before = await place.AskNeonAsync<long>(ReadInTurn);
        var node = await place.StartAsync(databases: databases => databases.Neon.ConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { ApplicationName = "reader" }.ConnectionString);
        await Eventually.HoldsAsync(() => node.IsKnown, "the figures");
        var figures = (await node.HealthAsync()).Data;
        Assert.Equal("2020 30", string.Create(CultureInfo.InvariantCulture, $"{figures["neon.pending"]} {figures["neon.dead"]}"));

        await place.PublishAsync("ada", 1, 2, 3);
        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 3);

        // What a server's process has read it tells at its end at the latest.
        await node.DisposeAsync();
        await AskersAsync(place, "reader");
        Assert.Equal(before, await place.AskNeonAsync<long>(ReadInTurn));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox where handled_at is null and due_at is null"));
    }

    private static Task AskersAsync(EventPlace place, string name)
        => Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>($"select count(*) from pg_stat_activity where datname = current_database() and application_name = '{name}'") == 0, "the end of its connections");
}
