using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Rows that were there before.</summary>
public sealed class BackfillTests(ConsistencyServers places)
{
    private const string Sum = "select count(*) || ' ' || sum(hashtextextended(id || '|' || coalesce(name, '-') || '|' || coalesce(stock, 0), 0)) from items";

    [Fact]
    public async Task Rows_that_were_there_are_copied_while_writes_go_on()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; insert into items select n, 'name ' || n, n, n from generate_series(1, 2500) n", Maps.Copies);
        await place.StartAsync();
        var reached = new List<BackfillProgress>();
        var writing = Task.Run(async () =>
        {
            for (var key = 1; key <= 2500; key += 25)
            {
                await place.NeonAsync($"update items set stock = -1 where id = {key}; delete from items where id = {key + 1}; insert into items (id, name) values ({key + 10_000}, 'new')");
            }
        });
        place.Sync.Options.BackfillChunk = 400;
        await place.Sync.BackfillAsync(progress: new Recorder(reached));
        await writing;
        await place.SettleAsync();

        Assert.Equal(await place.NeonAsync(Sum), await place.SupabaseAsync(Sum.Replace("from items", "from (select item_id as id, title as name, stock from copies) items", StringComparison.Ordinal)));
        Assert.True(reached[^1].IsFinished);
        Assert.True(reached.Count >= 6 && reached.Zip(reached.Skip(1)).All(static pair => pair.First.Rows < pair.Second.Rows));
    }

    [Fact]
    public async Task One_that_was_interrupted_goes_on_where_it_was()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; insert into items select n, 'name ' || n from generate_series(1, 1000) n", Maps.Copies);
        await place.StartAsync();
        place.Sync.Options.BackfillChunk = 300;
        using var interruption = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => place.Sync.BackfillAsync(progress: new Interrupting(interruption), cancellationToken: interruption.Token));
        await place.SettleAsync();
        Assert.Equal(300L, await place.SupabaseAsync("select count(*) from copies"));

        var reached = new List<BackfillProgress>();
        await place.Sync.BackfillAsync(progress: new Recorder(reached));
        Assert.Equal([600, 900, 1000], reached.Select(static progress => progress.Rows));
        Assert.Equal(1000L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task Both_sides_of_a_two_way_map_get_what_they_lack_and_a_write_is_later_than_what_was_there()
    {
        await using var place = await SyncPlace.CreateAsync(
            places.Servers,
            [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins)],
            Maps.Items + "; insert into items (id, name) values (1, 'neon'), (2, 'neon'), (3, 'neon')",
            Maps.Copies + "; insert into copies (item_id, title) values (2, 'supabase'), (3, 'supabase'), (4, 'supabase')");
        await place.SupabaseAsync("update copies set title = 'written' where item_id = 3");
        await place.StartAsync();
        await place.Sync.BackfillAsync();
        await place.SettleAsync();

        const string Expected = "1 neon;2 neon;3 written;4 supabase";
        Assert.Equal(Expected, await place.NeonAsync("select string_agg(id || ' ' || name, ';' order by id) from items"));
        Assert.Equal(Expected, await place.SupabaseAsync("select string_agg(item_id || ' ' || title, ';' order by item_id) from copies"));
    }

    [Fact]
    public async Task Without_a_node_it_says_so()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items + "; insert into items (id) values (1)", Maps.Copies);
        place.Sync.Options.BackfillPatience = TimeSpan.FromSeconds(1);
        Assert.Contains("whether a node runs", (await Assert.ThrowsAsync<SyncTimeoutException>(() => place.Sync.BackfillAsync())).Message, StringComparison.Ordinal);
        Assert.Contains("There are: items", (await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.BackfillAsync("item"))).Message, StringComparison.Ordinal);
    }

    private sealed class Recorder(List<BackfillProgress> reached) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => reached.Add(value);
    }

    private sealed class Interrupting(CancellationTokenSource interruption) : IProgress<BackfillProgress>
    {
        public void Report(BackfillProgress value) => interruption.Cancel();
    }
}
