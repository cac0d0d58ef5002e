using System.Collections.Concurrent;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Rows that are locked: queues above all.</summary>
public sealed class LockingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private const int Jobs = 120;
    private const int Workers = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Drains_a_queue_once_by_transactions(Endpoint endpoint)
    {
        await FillAsync(endpoint);
        var db = place[endpoint].Db;
        var taken = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(DrainAsync, Token)));
        Assert.Equal(Jobs, taken.Count);
        Assert.Equal(Jobs, taken.Distinct().Count());
        Assert.Equal(Jobs, await db.SupabaseEverythings.Where(o => o.Rank == 1).CountAsync(Token));

        async Task DrainAsync()
        {
            while (true)
            {
                await using var transaction = await db.BeginSupabaseAsync(Token);
                var jobs = await db.SupabaseEverythings.Where(o => o.Rank == 0).OrderBy(o => o.Id).Take(7).SkipLocked().In(transaction).ToListAsync(Token);
                var ids = jobs.Select(static job => job.Id).ToArray();
                Assert.Equal(ids.Length, await db.SupabaseEverythings.Where(o => o.Id.In(ids)).In(transaction).UpdateAsync(static set => set.Rank(1), Token));
                await transaction.CommitAsync(Token);
                if (ids.Length == 0)
                {
                    return;
                }

                foreach (var id in ids)
                {
                    taken.Add(id);
                }
            }
        }
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Drains_a_queue_once_by_single_statements(Endpoint endpoint)
    {
        await FillAsync(endpoint);
        var queue = place[endpoint].Db.SupabaseEverythings.Where(o => o.Rank == 0).OrderBy(o => o.Id).Take(5).SkipLocked();
        Assert.Equal(Jobs, (await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => DrainAsync(() => queue.UpdateAsync(static set => set.Rank(1), Token)), Token)))).Sum());
        Assert.All(await place[endpoint].Db.SupabaseEverythings.Query().ToListAsync(Token), static job => Assert.Equal((1, 2L), (job.Rank, job.Version)));
        var deletions = place[endpoint].Db.SupabaseEverythings.Where(o => o.Rank == 1).Take(5).SkipLocked();
        Assert.Equal(Jobs, (await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(() => DrainAsync(() => deletions.DeleteAsync(Token)), Token)))).Sum());
        Assert.All(await place[endpoint].Db.SupabaseEverythings.Query().IncludeDeleted().ToListAsync(Token), static job => Assert.Equal(3L, job.Version));
    }

    [Fact]
    public async Task Locks_until_the_transaction_ends()
    {
        await FillAsync(Endpoint.Direct);
        var first = place.Db.SupabaseEverythings.OrderBy(o => o.Id).Take(1);
        await using var one = await place.Db.BeginSupabaseAsync(Token);
        var locked = Assert.Single(await first.ForUpdate().In(one).ToListAsync(Token));
        await using (var two = await place.Db.BeginSupabaseAsync(Token))
        {
            var next = Assert.Single(await first.SkipLocked().In(two).ToListAsync(Token));
            Assert.NotEqual(locked.Id, next.Id);
            Assert.Equal(next.Id, await first.SkipLocked().In(two).Select(o => o.Id).SingleAsync(Token));
            var busy = await Assert.ThrowsAnyAsync<DualDbException>(() => first.NoWait().In(two).ToListAsync(Token));
            Assert.Equal("Everything", busy.Entity);
        }

        Assert.Equal(0, await place.Db.SupabaseEverythings.Where(o => o.Id == locked.Id).SkipLocked().UpdateAsync(static set => set.Rank(9), Token));
        await Assert.ThrowsAnyAsync<DualDbException>(() => place.Db.SupabaseEverythings.Where(o => o.Id == locked.Id).NoWait().DeleteAsync(Token));
        await one.CommitAsync(Token);
        Assert.Equal(1, await place.Db.SupabaseEverythings.Where(o => o.Id == locked.Id).ForUpdate().UpdateAsync(static set => set.Rank(9), Token));
    }

    [Fact]
    public async Task Needs_a_transaction_and_rows()
    {
        var locked = place.Db.SupabaseEverythings.Where(o => o.Rank == 0).ForUpdate();
        using var counter = StatementCounter.Start();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => locked.ToListAsync(Token));
        Assert.Contains("In(transaction)", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.SkipLocked().FirstOrDefaultAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.NoWait().Select(o => o.Id).ToListAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.ToPageAsync(5, cancellationToken: Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.CountAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.AnyAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.SumAsync(o => o.Rank, Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.Select(o => o.Id).CountAsync(Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => locked.Select(o => o.Id).Distinct().ToListAsync(Token));
        Assert.Throws<InvalidOperationException>(() => locked.StreamAsync(Token));
        Assert.Throws<ArgumentNullException>(() => locked.In(null!));
        Assert.Equal(0, counter.Count);
    }

    private static async Task<long> DrainAsync(Func<Task<long>> take)
    {
        var total = 0L;
        for (var taken = await take(); taken > 0; taken = await take())
        {
            total += taken;
        }

        return total;
    }

    private async Task FillAsync(Endpoint endpoint)
    {
        await place[endpoint].ExecuteAsync(Database.Supabase, "truncate everythings");
        await place[endpoint].Db.SupabaseEverythings.InsertManyAsync([.. Enumerable.Range(0, Jobs).Select(static n => new Everything { Slug = $"job {n}" })], Token);
    }
}
