using DualDb.IntegrationTests.Repositories.Cancellation;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Rows as they arrive, and what is cancelled on the way.</summary>
public sealed class StreamingTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Yields_what_a_list_holds(Endpoint endpoint)
    {
        await place.FillAsync();
        var query = place[endpoint].Db.Specimens.Where(o => o.Rank.IsNotNull()).OrderByDescending(o => o.Price).ThenBy(o => o.Id);
        var expected = await query.Select(o => o.Id).ToListAsync(Token);
        var (rows, values) = (new List<long>(), new List<(long, string)>());
        using var counter = StatementCounter.Start();
        var stream = query.StreamAsync(Token);
        Assert.Equal(0, counter.Count);
        await foreach (var row in stream)
        {
            rows.Add(row.Id);
        }

        await foreach (var value in query.Select(o => o.Id, o => o.Name).StreamAsync(Token))
        {
            values.Add(value);
        }

        Assert.Equal(expected, rows);
        Assert.Equal(expected, values.Select(static value => value.Item1));
        Assert.Equal(2, counter.Count);
        await foreach (var _ in query.Where(o => o.Id.In()).StreamAsync(Token))
        {
            Assert.Fail("Nothing matches.");
        }

        Assert.Equal(2, counter.Count);
    }

    [Fact]
    public async Task Gives_its_connection_back_whenever_it_ends()
    {
        await place.FillAsync();
        for (var i = 0; i < 3 * Place.MaxPoolSize; i++)
        {
            await foreach (var row in place.Db.Specimens.Query().StreamAsync(Token))
            {
                Assert.NotNull(row);
                break;
            }

            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var _ in place.Db.Specimens.Query().Select(o => o.Name).StreamAsync().WithCancellation(cancellation.Token))
                {
                    await cancellation.CancelAsync();
                }
            });
        }

        Assert.Equal(QueryPlace.Specimens, await place.Db.Specimens.Query().CountAsync(Token));
    }

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Leaves_a_clean_pool_when_it_is_cancelled_within_a_statement(Endpoint endpoint)
    {
        await place.FillAsync();
        var slow = place[endpoint].Db.Specimens.Where(o => o.Sql($"{o.Id} < 3 and pg_sleep(30) is not null"));
        var work = new Func<CancellationToken, Task>[]
        {
            token => slow.ToListAsync(token), token => slow.CountAsync(token), token => slow.Select(o => o.Id, o => o.Name).ToListAsync(token), token => slow.ToPageAsync(3, cancellationToken: token),
            token => slow.GroupBy(o => o.Name).Select(g => g.Key).ToListAsync(token), token => slow.UpdateAsync(static set => set.Rank(1), token), token => slow.DeleteAsync(token),
            async token =>
            {
                await foreach (var row in slow.StreamAsync(token))
                {
                    Assert.NotNull(row);
                }
            },
        };
        foreach (var call in work)
        {
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
            var running = call(cancellation.Token);
            await Eventually.HoldsAsync(async () => await ActiveAsync(endpoint) > 0, Patience, "the statement does not run");
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
            await Eventually.HoldsAsync(async () => await ActiveAsync(endpoint) == 0, Patience, "the cancelled statement still runs");
        }

        using var already = new CancellationTokenSource();
        await already.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => slow.ToListAsync(already.Token));
        Assert.Equal(QueryPlace.Specimens, await place[endpoint].Db.Specimens.Query().CountAsync(Token));
    }

    private async Task<long> ActiveAsync(Endpoint endpoint)
        => (long)(await place[endpoint].ScalarAsync(Database.Supabase, "select count(*) from pg_stat_activity where datname = current_database() and state = 'active' and query like '%pg\\_sleep(30)%' and pid <> pg_backend_pid()"))!;
}
