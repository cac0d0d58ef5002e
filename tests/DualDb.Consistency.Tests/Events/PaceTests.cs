using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Consistency.Tests.Events;

/// <summary>An outbox is left alone where nothing is pending, and nothing is due soon.</summary>
public sealed class PaceTests(ConsistencyServers places)
{
    private static readonly EventOptions Options = new() { SleepAfter = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData(Database.Neon, 60, true, null, false, true)]
    [InlineData(Database.Neon, 60, true, 61, false, true)]
    [InlineData(Database.Neon, 59, true, null, false, false)]
    [InlineData(Database.Neon, 60, false, null, false, false)]
    [InlineData(Database.Neon, 60, true, 60, false, false)]
    [InlineData(Database.Neon, 60, true, null, true, false)]
    [InlineData(Database.Supabase, 60, true, null, false, false)]
    public async Task It_sleeps_when_nothing_is_to_be_done(Database kind, int emptyFor, bool isIdle, int? nextDue, bool isAnythingPending, bool sleeps)
    {
        var clock = new FakeTimeProvider();
        await using PostgresDatabase database = kind == Database.Neon ? new NeonDatabase(new DatabaseOptions(), clock) : new SupabaseDatabase(new DatabaseOptions(), clock);
        var pace = new OutboxPace(database, Options);
        clock.Advance(TimeSpan.FromSeconds(emptyFor));
        Assert.Equal(sleeps, pace.MaySleep(new OutboxPage([], [], nextDue is { } seconds ? TimeSpan.FromSeconds(seconds) : null, isAnythingPending), isIdle));
    }

    [Fact]
    public async Task What_was_found_begins_the_time_anew()
    {
        var clock = new FakeTimeProvider();
        await using var database = new NeonDatabase(new DatabaseOptions(), clock);
        var pace = new OutboxPace(database, Options);
        clock.Advance(TimeSpan.FromSeconds(50));
        pace.Found();
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.False(pace.MaySleep(new OutboxPage([], [], NextDue: null, IsAnythingPending: false), isIdle: true));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.True(pace.MaySleep(new OutboxPage([], [], NextDue: null, IsAnythingPending: false), isIdle: true));
    }

    [Theory]
    [InlineData(600, false)]
    [InlineData(3600, true)]
    public async Task A_look_out_of_sleep_long_before_anything_is_due_falls_asleep_again(int nextDue, bool sleepsOn)
    {
        var clock = new FakeTimeProvider();
        await using var database = new NeonDatabase(new DatabaseOptions(), clock);
        var pace = new OutboxPace(database, Options);
        clock.Advance(TimeSpan.FromMinutes(1));
        var due = TimeSpan.FromSeconds(nextDue);
        var sleep = pace.SleepAsync([new TaskCompletionSource().Task], due, CancellationToken.None);
        clock.Advance(TimeSpan.FromMinutes(10));
        await sleep;
        Assert.Equal(sleepsOn, pace.MaySleep(new OutboxPage([], [], due, IsAnythingPending: false), isIdle: true));
    }

    [Fact]
    public async Task What_waits_for_another_node_is_seen_by_a_look()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var reader = new OutboxReader(place.Db.Neon);
        Assert.False((await LookAsync(reader)).IsAnythingPending);
        await place.Events.PublishAsync(new PurchaseMade(1, "ada"), after: TimeSpan.FromHours(1));
        var page = await LookAsync(reader);
        Assert.False(page.IsAnythingPending);
        Assert.InRange(page.NextDue!.Value, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));

        // In a slot that is not asked for.
        await place.InsertAsync("purchase.made", """{"number":2,"buyer":"ada"}""");
        page = await LookAsync(reader);
        Assert.Empty(page.Events);
        Assert.True(page.IsAnythingPending);
    }

    private static Task<OutboxPage> LookAsync(OutboxReader reader) => reader.ReadAsync([5], [], [], [], [], new OutboxRoom(10, 100_000), CancellationToken.None);
}
