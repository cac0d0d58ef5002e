using DualDb.ChangeLog;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Decoding;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>What the log tells by itself is what is read when it is asked, along the same positions.</summary>
[Collection(DecodingCollection.Name)]
public sealed class DecodedLogTests(DecodingServers places)
{
    private static readonly ChangeLogPart Items = new(["public.items"], 1, 0);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Transactions_come_by_themselves_in_the_order_of_their_commits()
    {
        await using var place = await CreateAsync();
        var (log, reader, since) = await OpenAsync(place);
        await using var slow = new NpgsqlConnection(place.Neon);
        await slow.OpenAsync(Stop);
        await using var transaction = await slow.BeginTransactionAsync(Stop);
        await using (var first = new NpgsqlCommand("insert into items (id) values (1)", slow, transaction))
        {
            await first.ExecuteNonQueryAsync(Stop);
        }

        await place.NeonAsync("insert into items (id) values (2)");
        await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        var page = await log.ReadAsync(since, 100, Stop);
        Assert.Equal([2L], Keys(page));
        await transaction.CommitAsync(Stop);
        await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        page = await log.ReadAsync(page.Position, 100, Stop);
        Assert.Equal([1L], Keys(page));

        // Whoever asks the log from there finds nothing that was told.
        Assert.Empty((await reader.ReadAsync(page.Position, 100, Stop)).Changes);
        await log.CloseAsync();
    }

    [Fact]
    public async Task A_change_is_told_as_it_is_read()
    {
        await using var place = await CreateAsync();
        var (log, reader, since) = await OpenAsync(place);
        await place.NeonAsync("insert into items values (1, 'ä \"€\" 😀' || repeat('x', 100000), 1.10, 5, '2026-01-01 00:00:00.123456Z'); set dualdb.trace_parent = 'trace'; update items set id = 2, name = null; delete from items");
        var told = new List<LoggedChange>();
        for (var position = since; told.Count < 4;)
        {
            await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
            var page = await log.ReadAsync(position, 100, Stop);
            (position, _) = (page.Position, told);
            told.AddRange(page.Changes);
        }

        Assert.Equal((await reader.ReadAsync(since, 100, Stop)).Changes, told);
        await log.CloseAsync();
    }

    [Fact]
    public async Task A_large_transaction_comes_in_pages_and_another_reader_goes_on_within_it()
    {
        await using var place = await CreateAsync();
        var (log, reader, since) = await OpenAsync(place);
        await place.NeonAsync("insert into items (id) select generate_series(1, 20)");
        await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        var first = await log.ReadAsync(since, 7, Stop);
        Assert.Equal(Enumerable.Range(1, 7).Select(static key => (long)key), Keys(first));
        Assert.True(first.HasMore);
        Assert.NotNull(first.Position.Reading);
        var asked = await reader.ReadAsync(first.Position, 100, Stop);
        Assert.Equal(Enumerable.Range(8, 13).Select(static key => (long)key), Keys(asked));

        var second = await log.ReadAsync(first.Position, 13, Stop);
        Assert.Equal(Keys(asked), Keys(second));
        Assert.False(second.HasMore);
        Assert.Null(second.Position.Reading);
        Assert.Empty((await reader.ReadAsync(second.Position, 100, Stop)).Changes);
        await log.CloseAsync();
    }

    [Fact]
    public async Task Within_a_reading_that_another_began_the_log_is_read_once_more_before_the_stream_is_followed()
    {
        await using var place = await CreateAsync();
        var (log, _, since) = await OpenAsync(place);
        await place.NeonAsync("insert into items (id) select generate_series(1, 20)");
        await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        var first = await log.ReadAsync(since, 7, Stop);
        await log.CloseAsync();
        await place.NeonAsync("update items set stock = 1 where id = 1");

        // As after one who was taken for dead, and has acknowledged the update.
        await Eventually.HoldsAsync(async () => (bool)(await place.NeonAsync("select not active from pg_replication_slots where database = current_database()"))!, "the end of the reader");
        await place.NeonAsync("select pg_replication_slot_advance(slot_name, pg_current_wal_lsn()) from pg_replication_slots where database = current_database()");
        await place.NeonAsync("update items set stock = 2 where id = 1");
        var successor = new DecodedLog(place.Db.Neon, Items, place.Sync.Options.Neon);
        var rest = await successor.ReadAsync(first.Position, 100, Stop);
        Assert.Equal(13, rest.Changes.Count);
        Assert.Null(successor.Arrival);
        var last = await successor.ReadAsync(rest.Position, 100, Stop);
        Assert.Equal(["1", "2"], last.Changes.Select(static change => System.Text.Json.JsonDocument.Parse(change.New!).RootElement.GetProperty("stock").GetRawText()));
        Assert.NotNull(successor.Arrival);
        await successor.CloseAsync();
    }

    [Fact]
    public async Task A_page_that_was_not_applied_comes_again()
    {
        await using var place = await CreateAsync();
        var (log, _, since) = await OpenAsync(place);
        await place.NeonAsync("insert into items (id) select generate_series(1, 10)");
        await log.Arrival!.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(4, (await log.ReadAsync(since, 4, Stop)).Changes.Count);
        var again = await log.ReadAsync(since, 4, Stop);
        Assert.Equal([1L, 2L, 3L, 4L], Keys(again));
        Assert.Equal([5L, 6L, 7L, 8L, 9L, 10L], Keys(await log.ReadAsync(again.Position, 100, Stop)));
        await place.NeonAsync("insert into items (id) values (11)");
        await log.CloseAsync();
    }

    [Fact]
    public async Task Transactions_that_do_not_concern_it_do_not_pile_up_in_the_position()
    {
        await using var place = await CreateAsync();
        var (log, reader, position) = await OpenAsync(place);
        await place.NeonAsync("create table others (id integer)");
        await place.NeonAsync("do $$ begin for n in 1 .. 2000 loop insert into others values (n); commit; end loop; end $$");
        await place.NeonAsync("insert into items (id) values (1)");
        var keys = new List<long>();
        await Eventually.HoldsAsync(
            async () =>
            {
                var page = await log.ReadAsync(position, 100, Stop);
                position = page.Position;
                keys.AddRange(Keys(page));
                return keys.Count > 0;
            },
            "the change behind them");
        Assert.Equal([1L], keys);
        Assert.True(position.ToString().Length < 4000, position.ToString());
        Assert.Empty((await reader.ReadAsync(position, 100, Stop)).Changes);
        await log.CloseAsync();
    }

    [Fact]
    public async Task A_position_that_is_ahead_of_what_snapshots_show_is_waited_for_and_does_not_go_back()
    {
        await using var place = await CreateAsync();
        var reader = new ChangeLogReader(place.Db.Neon, Items);
        var now = await reader.BeginAsync(Stop);
        var ahead = SeenTransactions.Parse(now.Seen);
        ahead.Add(ahead.End + 500);
        var since = now with { Seen = ahead.ToString() };
        Assert.Equal(ChangeLogGap.AnotherHistory, (await reader.ReadAsync(since, 100, Stop)).Gap);
        var log = new DecodedLog(place.Db.Neon, Items, place.Sync.Options.Neon);
        var page = await log.ReadAsync(since, 100, Stop);
        Assert.Equal((ChangeLogGap.None, since), (page.Gap, page.Position));

        await place.NeonAsync("do $$ begin for n in 1 .. 600 loop perform pg_current_xact_id(); commit; end loop; end $$");
        await place.NeonAsync("insert into items (id) values (1)");
        page = await log.ReadAsync(since, 100, Stop);
        Assert.Equal([1L], Keys(page));
        Assert.Empty((await log.ReadAsync(page.Position, 100, Stop)).Changes);
        await log.CloseAsync();
    }

    [Fact]
    public async Task Another_history_is_told()
    {
        await using var place = await CreateAsync();
        var now = await new ChangeLogReader(place.Db.Neon, Items).BeginAsync(Stop);
        var log = new DecodedLog(place.Db.Neon, Items, place.Sync.Options.Neon);
        Assert.Equal(ChangeLogGap.AnotherHistory, (await log.ReadAsync(now with { History = "another" }, 100, Stop)).Gap);
        await log.CloseAsync();
    }

    private Task<SyncPlace> CreateAsync() => SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies, DecodingServers.Decode);

    private static async Task<(DecodedLog Log, ChangeLogReader Reader, ChangeLogPosition Since)> OpenAsync(SyncPlace place)
    {
        var (log, reader) = (new DecodedLog(place.Db.Neon, Items, place.Sync.Options.Neon), new ChangeLogReader(place.Db.Neon, Items));
        var page = await log.ReadAsync(await reader.BeginAsync(Stop), 100, Stop);
        Assert.NotNull(log.Arrival);
        return (log, reader, page.Position);
    }

    private static IEnumerable<long> Keys(ChangePage page) => [.. page.Changes.Select(static change => System.Text.Json.JsonDocument.Parse(change.Key!).RootElement.GetProperty("id").GetInt64())];
}
