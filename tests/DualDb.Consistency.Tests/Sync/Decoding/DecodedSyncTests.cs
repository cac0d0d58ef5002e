using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>What is decoded is carried as what is asked for: once, in the order of its row, with its position.</summary>
[Collection(DecodingCollection.Name)]
public sealed class DecodedSyncTests(DecodingServers places)
{
    private const string Row = "select string_agg(item_id || '|' || coalesce(title, '-') || '|' || coalesce(amount::text, '-') || '|' || coalesce(stock::text, '-'), ';' order by item_id) from copies";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Inserts_updates_keys_and_deletes_arrive()
    {
        await using var place = await CreateAsync();
        await StartAsync(place);
        await place.NeonAsync("insert into items values (1, 'one', 1.10, 5, '2026-01-01 00:00Z'), (2, 'two', null, null, null), (3, 'three', 3, 3, now())");
        await place.SettleAsync();
        Assert.Equal("1|one|1.10|5;2|two|-|-;3|three|3.00|3", await place.SupabaseAsync(Row));

        await place.NeonAsync("update items set name = 'ONE', stock = 6 where id = 1; delete from items where id = 2; update items set id = 30 where id = 3");
        await place.SettleAsync();
        Assert.Equal("1|ONE|1.10|6;30|three|3.00|3", await place.SupabaseAsync(Row));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.change_log"));
    }

    [Fact]
    public async Task Each_of_many_writes_arrives_once_while_several_write()
    {
        await using var place = await CreateAsync(copies: ApplyLog.Copies);
        await StartAsync(place, static options => options.PageSize = 50);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async writer =>
        {
            await using var connection = new NpgsqlConnection(place.Neon);
            await connection.OpenAsync(Stop);
            for (var number = 0; number < 60; number++)
            {
                await using var command = new NpgsqlCommand($"insert into items (id, stock) select {(writer * 10_000) + (number * 10)} + n, {number} from generate_series(1, {(number % 20 == 0 ? 8 : 2)}) n", connection);
                await command.ExecuteNonQueryAsync(Stop);
            }
        }));
        await place.SettleAsync();
        Assert.Equal(await place.NeonAsync("select count(*) from items"), await place.SupabaseAsync("select count(*) from copies"));
        await ApplyLog.EachOnceAsync(place);
        Assert.True((await place.Sync.VerifyAsync(cancellationToken: Stop)).IsEqual);
    }

    [Fact]
    public async Task A_row_that_many_write_never_goes_back()
    {
        await using var place = await CreateAsync(copies: ApplyLog.Copies);
        await StartAsync(place, static options => options.PageSize = 5);
        await place.NeonAsync("insert into items (id, stock) values (1, 0), (2, 0)");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var number = 0; number < 40; number++)
            {
                await place.NeonAsync("update items set stock = stock + 1 where id = 1; update items set stock = stock + 1 where id = 2");
            }
        }));
        await place.SettleAsync();
        Assert.Equal("1|-|-|160;2|-|-|160", await place.SupabaseAsync(Row));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from (select stock - lag(stock) over (partition by item_id order by place) as step from applied) steps where step <= 0"));
    }

    [Fact]
    public async Task What_commits_late_arrives_late_and_is_not_passed_over()
    {
        await using var place = await CreateAsync();
        await StartAsync(place);
        await using var connection = new NpgsqlConnection(place.Neon);
        await connection.OpenAsync(Stop);
        await using var slow = await connection.BeginTransactionAsync(Stop);
        for (var round = 0; round < 3; round++)
        {
            await using var own = new NpgsqlCommand($"insert into items (id, name) values ({round}, 'slow')", connection, slow);
            await own.ExecuteNonQueryAsync(Stop);
            await place.NeonAsync($"insert into items (id, name) select {(round + 1) * 100} + n, 'quick' from generate_series(1, 20) n");
            await place.SettleAsync();
            Assert.Equal((round + 1) * 20L, await place.SupabaseAsync("select count(*) from copies"));
        }

        await slow.CommitAsync(Stop);
        await place.SettleAsync();
        Assert.Equal(63L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task A_change_is_not_looked_for()
    {
        await using var place = await CreateAsync();
        await StartAsync(place, static options => (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2)));
        await place.NeonAsync("insert into items (id) values (0)");
        await place.SettleAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var key = 1; key <= 20; key++)
        {
            await place.NeonAsync($"insert into items (id) values ({key})");
            await place.SettleAsync();
        }

        // The pause between two looks is 40 seconds here.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_truncation_stops_the_direction()
    {
        await using var place = await CreateAsync();
        await StartAsync(place);
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        await place.NeonAsync("truncate items; insert into items (id) values (2)");
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped?.Contains("was truncated", StringComparison.Ordinal) == true, "the stop");
        Assert.Equal(1L, await place.SupabaseAsync("select item_id from copies"));
        await place.Sync.ResumeAsync(Database.Neon);
        await place.NeonAsync("insert into items (id) values (3)");
        await place.SettleAsync();
        Assert.Equal("1,3", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
    }

    [Fact]
    public async Task A_token_is_waited_for_also_behind_a_large_transaction_and_with_parts()
    {
        await using var place = await CreateAsync(options => options.Parts = 3);
        await StartAsync(place, static options => (options.Parts, options.PageSize) = (3, 20));
        await using var transaction = await place.Db.Neon.BeginAsync(Stop);
        await transaction.ExecuteAsync($"insert into items (id, name) select n, 'many' from generate_series(1, 300) n", Stop);
        await transaction.CommitAsync(Stop);
        await place.Sync.WaitForSyncAsync(transaction.SyncToken, TimeSpan.FromSeconds(60), Stop);
        Assert.Equal(300L, await place.SupabaseAsync("select count(*) from copies"));
        await place.NeonAsync("update items set name = 'one' where id = 7");
        await place.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60), Stop);
        Assert.Equal("one", await place.SupabaseAsync("select title from copies where item_id = 7"));
        Assert.Equal(3L, await place.NeonAsync("select count(*) from pg_replication_slots where database = current_database() and active"));
    }

    [Fact]
    public async Task Rows_that_were_there_are_copied_while_writes_go_on()
    {
        await using var place = await CreateAsync(items: Maps.Items + "; insert into items select n, 'name ' || n, n, n from generate_series(1, 2500) n");
        await StartAsync(place);
        var writing = Task.Run(async () =>
        {
            for (var key = 1; key <= 2500; key += 25)
            {
                await place.NeonAsync($"update items set stock = -1 where id = {key}; delete from items where id = {key + 1}; insert into items (id, name) values ({key + 10_000}, 'new')");
            }
        });
        place.Sync.Options.BackfillChunk = 400;
        await place.Sync.BackfillAsync(cancellationToken: Stop);
        await writing;
        await place.SettleAsync();
        Assert.Equal(2500L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.True((await place.Sync.VerifyAsync(cancellationToken: Stop)).IsEqual);
    }

    [Fact]
    public async Task A_row_that_the_target_refuses_is_put_aside_and_the_others_go_on()
    {
        await using var place = await CreateAsync(copies: Maps.Copies + "; alter table copies add check (stock >= 0)");
        await StartAsync(place);
        await place.NeonAsync("insert into items (id, stock) values (1, 1), (2, -1), (3, 3)");
        await place.NeonAsync("update items set name = 'behind' where id = 2");
        await place.SettleAsync();
        Assert.Equal(["2", "2"], (await place.Sync.ParkedAsync()).Select(static parked => parked.Key));
        await place.SupabaseAsync("alter table copies drop constraint copies_stock_check");
        await Eventually.HoldsAsync(async () => (await place.Sync.ParkedAsync()).Count == 0, "an empty list");
        Assert.Equal("behind|-1", await place.SupabaseAsync("select title || '|' || stock from copies where item_id = 2"));
    }

    [Theory]
    [InlineData(ConflictPolicy.LastWriterWins)]
    [InlineData(ConflictPolicy.ColumnMerge)]
    public async Task Both_ways_are_decoded_without_echo_and_both_sides_end_equal(ConflictPolicy policy)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, policy)], Maps.Items, Maps.Copies, DecodingServers.Decode);
        await StartAsync(place);
        await place.NeonAsync("insert into items (id, name) values (0, 'neon')");
        await place.SupabaseAsync("insert into copies (item_id, title) values (100, 'supabase')");
        await place.SettleAsync();
        Assert.Equal((1L, 1L), ((long)(await place.NeonAsync("select count(*) from dualdb.change_log"))!, (long)(await place.SupabaseAsync("select count(*) from dualdb.change_log"))!));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            var random = new Random(writer);
            for (var number = 0; number < 50;)
            {
                try
                {
                    await WriteAsync(writer, number, random.Next(1, 10));
                    number++;
                }
                catch (PostgresException deadlock) when (deadlock.SqlState is PostgresErrorCodes.DeadlockDetected)
                {
                    // With an application, whose rows stand in another order. It is written again.
                }
            }
        }));
        await place.SettleAsync();
        await place.SettleAsync();
        Assert.True((await place.Sync.VerifyAsync(cancellationToken: Stop)).IsEqual);

        Task WriteAsync(int writer, int number, int key) => writer % 2 == 0
            ? place.NeonAsync($"insert into items (id, name, stock) values ({key}, 'n{number}', 1) on conflict (id) do update set name = excluded.name, stock = items.stock + 1" + (number % 7 == 0 ? $"; delete from items where id = {key}" : ""))
            : place.SupabaseAsync($"insert into copies (item_id, title, stock) values ({key}, 's{number}', 1) on conflict (item_id) do update set title = excluded.title" + (number % 9 == 0 ? $"; delete from copies where item_id = {key}" : ""));
    }

    private Task<SyncPlace> CreateAsync(Action<SyncOptions>? configure = null, string items = Maps.Items, string copies = Maps.Copies)
        => SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], items, copies, DecodingServers.Decode + configure);

    private static async Task StartAsync(SyncPlace place, Action<SyncOptions>? configure = null)
    {
        await place.StartAsync(DecodingServers.Decode + configure);
        await Eventually.HoldsAsync(async () => (bool)(await place.NeonAsync("select bool_and(active) from pg_replication_slots where database = current_database()"))!, "the decoding");
    }
}
