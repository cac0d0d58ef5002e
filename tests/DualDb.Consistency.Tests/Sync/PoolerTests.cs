using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Through PgBouncer in transaction mode, where each transaction may be given another server connection.</summary>
public sealed class PoolerTests(ConsistencyServers places)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Both_ways_are_carried_once_and_without_echo()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.TwoWay, ConflictPolicy.LastWriterWins)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        void Pooled(DualDbOptions options) => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (places.NeonPooler.Rewrite(place.Neon), places.SupabasePooler.Rewrite(place.Supabase));
        for (var node = 0; node < 2; node++)
        {
            await place.StartAsync(static options => options.PageSize = 20, Pooled);
        }

        await using var db = TestDb.Create(Pooled);
        var writing = Enumerable.Range(0, 8).Select(async writer =>
        {
            for (var number = 0; number < 10; number++)
            {
                await db.Neon.ExecuteAsync($"insert into items (id, name, stock) values ({(writer * 100) + number}, 'neon', {number})", Stop);
                await db.Supabase.ExecuteAsync($"insert into copies (item_id, title, stock) values ({1000 + (writer * 100) + number}, 'supabase', {number})", Stop);
            }
        });
        await Task.WhenAll(writing);
        await db.Neon.ExecuteAsync($"insert into items (id, stock) values (-1, -1)", Stop);

        // A token that was taken through the pooler is waited for through it.
        await using var transaction = await db.Neon.BeginAsync(Stop);
        await transaction.ExecuteAsync($"update items set name = 'changed' where id = 0", Stop);
        await transaction.CommitAsync(Stop);
        await new DatabaseSync(db, place.Registry).WaitForSyncAsync(transaction.SyncToken, TimeSpan.FromSeconds(60), Stop);
        Assert.Equal("changed", await place.SupabaseAsync("select title from copies where item_id = 0"));

        await place.SettleAsync();
        Assert.Equal(160L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.Equal("-1", Assert.Single(await place.Sync.ParkedAsync()).Key);
        Assert.Equal(82L, await place.NeonAsync("select count(*) from dualdb.change_log"));
        Assert.Equal(80L, await place.SupabaseAsync("select count(*) from dualdb.change_log"));

        var report = await new DatabaseSync(db, place.Registry).VerifyAsync(cancellationToken: Stop);
        Assert.Equal("""{"id": -1}""", Assert.Single(report.Maps[0].Differences).Key);
    }
}
