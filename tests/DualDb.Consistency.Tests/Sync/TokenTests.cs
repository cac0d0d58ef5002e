using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>What was written can be waited for, and nothing else has to be.</summary>
public sealed class TokenTests(ConsistencyServers places)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_transaction_hands_out_a_token_that_covers_its_writes()
    {
        await using var place = await CreateAsync();
        await using var transaction = await place.Db.Neon.BeginAsync(Stop);
        await transaction.ExecuteAsync($"insert into items (id, name) values (1, 'one')", Stop);
        Assert.Contains("not committed", Assert.Throws<InvalidOperationException>(() => transaction.SyncToken).Message, StringComparison.Ordinal);
        await transaction.CommitAsync(Stop);
        var token = transaction.SyncToken;

        // What comes later, in transactions that are open even now, is not waited for.
        await using var later = await place.Db.Neon.BeginAsync(Stop);
        await later.ExecuteAsync($"insert into items (id, name) values (2, 'two')", Stop);
        await Assert.ThrowsAsync<SyncTimeoutException>(() => place.Sync.WaitForSyncAsync(token, TimeSpan.Zero, Stop));
        await place.StartAsync();
        await place.Sync.WaitForSyncAsync(SyncToken.Parse(token.ToString()), Long, Stop);
        Assert.Equal("one", await place.SupabaseAsync("select string_agg(title, ',') from copies"));
    }

    [Fact]
    public async Task A_write_of_one_part_does_not_wait_for_the_others()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies, static options => options.Parts = 3);
        await place.StartAsync(static options => options.Parts = 3);
        await place.Sync.WaitForSyncAsync(await WriteAsync(place, 1), TimeSpan.FromSeconds(30), Stop);
        await place.Sync.WaitForSyncAsync(await WriteAsync(place, 2), TimeSpan.FromSeconds(30), Stop);
        Assert.Equal(2L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task A_token_does_not_wait_for_what_was_written_after_it()
    {
        await using var place = await CreateAsync();
        var first = await WriteAsync(place, 1);
        await place.StartAsync();
        await place.Sync.WaitForSyncAsync(first, Long, Stop);
        await place.StopAsync();
        await WriteAsync(place, 2);
        await place.Sync.WaitForSyncAsync(first, TimeSpan.Zero, Stop);
    }

    [Fact]
    public async Task A_transaction_that_wrote_nothing_and_one_that_was_undone_have_nothing_to_wait_for()
    {
        await using var place = await CreateAsync();
        await WriteAsync(place, 1);
        await using var reading = await place.Db.Neon.BeginAsync(Stop);
        await reading.ExecuteAsync($"select 1", Stop);
        await reading.CommitAsync(Stop);
        await place.Sync.WaitForSyncAsync(reading.SyncToken, TimeSpan.Zero, Stop);

        await using var undone = await place.Db.Neon.BeginAsync(Stop);
        await undone.RollbackAsync(Stop);
        Assert.Throws<InvalidOperationException>(() => undone.SyncToken);
    }

    /// <summary>Nothing arrives, so that nobody can have it.</summary>
    [Fact]
    public async Task A_direction_that_is_not_followed_is_not_waited_for_in_success()
    {
        await using var place = await CreateAsync();
        Assert.True(await place.With([]).ForgetAsync("items"));
        var token = await WriteAsync(place, 1);
        var late = await Assert.ThrowsAsync<SyncTimeoutException>(() => place.Sync.WaitForSyncAsync(token, TimeSpan.Zero, Stop));
        Assert.Contains("not installed", late.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task A_write_outside_of_a_transaction_is_waited_for_by_its_database()
    {
        await using var place = await CreateAsync();
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name) values (1, 'one')");
        var token = await place.Sync.WaitForSyncAsync(Database.Neon, Long, Stop);
        Assert.Equal((Database.Neon, "one"), (token.Source, await place.SupabaseAsync("select title from copies")));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => place.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(-1), Stop));
    }

    private Task<SyncPlace> CreateAsync() => SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);

    private static async Task<SyncToken> WriteAsync(SyncPlace place, int key)
    {
        await using var transaction = await place.Db.Neon.BeginAsync(Stop);
        await transaction.ExecuteAsync($"insert into items (id) values ({key})", Stop);
        await transaction.CommitAsync(Stop);
        return transaction.SyncToken;
    }
}
