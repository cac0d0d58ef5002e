using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Supabase;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Queries within a transaction see what it wrote, and nobody else does.</summary>
public sealed class TransactionQueryTests(QueryPlace place) : IClassFixture<QueryPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Run_where_they_are_told_to(Endpoint endpoint)
    {
        await place[endpoint].ExecuteAsync(Database.Supabase, "truncate everythings");
        var db = place[endpoint].Db;
        await db.SupabaseEverythings.InsertManyAsync([.. Enumerable.Range(0, 9).Select(static n => new Everything { Slug = $"s{n}", Rank = n })], Token);
        await using (var transaction = await db.BeginSupabaseAsync(Token))
        {
            var query = db.SupabaseEverythings.Query().In(transaction);
            Assert.Equal(9, await query.AllRows().UpdateAsync(static set => set.Add(o => o.Rank, 10), Token));
            Assert.Equal(3, await query.Where(o => o.Rank >= 16).DeleteAsync(Token));
            Assert.Equal(6, await query.CountAsync(Token));
            Assert.Equal(75, await query.SumAsync(o => o.Rank, Token));
            Assert.True(await query.Where(o => o.Rank == 15).AnyAsync(Token));
            Assert.Equal(6, (await query.ToListAsync(Token)).Count);
            Assert.Equal(6, (await query.Select(o => o.Rank).ToListAsync(Token)).Count);
            Assert.Equal(6, await query.Select(o => o.Rank).CountAsync(Token));
            Assert.Equal(6, (await query.GroupBy(o => o.Rank).Select(g => g.Key).ToListAsync(Token)).Count);
            var page = await query.OrderBy(o => o.Rank).ToPageAsync(4, cancellationToken: Token);
            Assert.Equal([14, 15], (await query.OrderBy(o => o.Rank).ToPageAsync(4, page.Next, Token)).Items.Select(static row => row.Rank));
            var streamed = 0;
            await foreach (var row in query.StreamAsync(Token))
            {
                Assert.InRange(row.Rank, 10, 15);
                streamed++;
            }

            await foreach (var rank in query.Select(o => o.Rank).StreamAsync(Token))
            {
                Assert.InRange(rank, 10, 15);
                streamed++;
            }

            Assert.Equal(12, streamed);
            Assert.Equal(9, await db.SupabaseEverythings.Where(o => o.Rank < 10).CountAsync(Token));
            await transaction.RollbackAsync(Token);
        }

        Assert.Equal(36, await db.SupabaseEverythings.Query().SumAsync(o => o.Rank, Token));
    }
}
