using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Counts as the first look, and who takes it where several nodes run.</summary>
public sealed class CountTests(ConsistencyServers places)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public async Task Counts_are_suspicious_where_they_differ_by_more_than_changes_on_their_way_explain(int rows, bool expected)
    {
        await using var place = await CreateAsync();
        await place.SupabaseAsync($"insert into copies (item_id) select generate_series(1, {rows})");
        var count = Assert.Single(await place.Sync.CompareCountsAsync(cancellationToken: Stop));
        Assert.Equal(("items", 0L, (long)rows, expected), (count.Map, count.SourceRows, count.TargetRows, count.IsSuspicious));
    }

    [Fact]
    public async Task Counts_that_differ_have_the_rows_compared_at_once()
    {
        await using var place = await CreateAsync();
        var node = await place.StartAsync(static options => (options.CountEvery, options.VerifyEvery) = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
        await Eventually.HoldsAsync(() => node.Verification.Counts is [{ IsSuspicious: false }], "a first look");
        Assert.Null(node.Verification.Last);
        await place.SupabaseAsync("insert into copies (item_id) select generate_series(1, 11)");
        await Eventually.HoldsAsync(() => node.Verification.Last is { IsEqual: false }, "the comparison");
    }

    [Fact]
    public async Task Of_several_nodes_one_does_what_is_due_and_another_after_its_death()
    {
        await using var place = await CreateAsync();
        var (interval, lease) = (TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30));
        var (first, second) = (new TaskLease(place.Db.Supabase, "a test", interval, lease), new TaskLease(place.Db.Supabase, "a test", interval, lease));
        Assert.True(await first.RunAsync(async _ => Assert.False(await second.RunAsync(static _ => throw new InvalidOperationException("Both at once."), Stop)), Stop));
        Assert.True(await second.RunAsync(static _ => Task.CompletedTask, Stop));

        // Soon after it was done, it is due for nobody.
        var seldom = new TaskLease(place.Db.Supabase, "a test", TimeSpan.FromHours(1), lease);
        Assert.False(await seldom.RunAsync(static _ => throw new InvalidOperationException("Too early."), Stop));

        // A node that has died does not give it back; one that was frozen loses its work.
        await place.SupabaseAsync("update dualdb.sync_tasks set began_at = '-infinity'");
        var brief = new TaskLease(place.Db.Supabase, "a test", interval, TimeSpan.FromSeconds(1));
        var began = new TaskCompletionSource();
        var losing = brief.RunAsync(
            async token =>
            {
                began.SetResult();
                await Task.Delay(Timeout.Infinite, token);
            },
            Stop);
        await began.Task;
        await place.SupabaseAsync("update dualdb.sync_tasks set owner = gen_random_uuid()");
        Assert.False(await losing);
    }

    private Task<SyncPlace> CreateAsync() => SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
}
