using DualDb.Querying;

namespace DualDb.IntegrationTests.Querying;

/// <summary>Goes from page to page.</summary>
internal static class PageWalk
{
    /// <summary>To the end; the last page as well.</summary>
    public static async Task<(List<TKey> Seen, Page<TEntity> Last)> ForwardAsync<TEntity, TColumns, TChanges, TTransaction, TKey>(
        Query<TEntity, TColumns, TChanges, TTransaction> query, string? cursor, Func<int> size, Func<TEntity, TKey> keyOf)
        where TEntity : class
        where TColumns : struct, IColumns<TEntity>
        where TChanges : Changes<TEntity, TColumns, TChanges>, new()
        where TTransaction : DatabaseTransaction
    {
        var seen = new List<TKey>();
        while (true)
        {
            var page = await query.ToPageAsync(size(), cursor, TestContext.Current.CancellationToken);
            seen.AddRange(page.Items.Select(keyOf));
            if (page.Next is null)
            {
                return (seen, page);
            }

            Assert.NotEmpty(page.Items);
            Assert.True(seen.Count < 10_000, "The pages have no end.");
            cursor = page.Next;
        }
    }

    /// <summary>From a page back to the start: all rows, that page's as well, in the order of the query.</summary>
    public static async Task<List<TKey>> BackwardAsync<TEntity, TColumns, TChanges, TTransaction, TKey>(
        Query<TEntity, TColumns, TChanges, TTransaction> query, Page<TEntity> last, Func<int> size, Func<TEntity, TKey> keyOf)
        where TEntity : class
        where TColumns : struct, IColumns<TEntity>
        where TChanges : Changes<TEntity, TColumns, TChanges>, new()
        where TTransaction : DatabaseTransaction
    {
        List<TKey> seen = [.. last.Items.Select(keyOf)];
        for (var cursor = last.Previous; cursor is not null;)
        {
            var page = await query.ToPageAsync(size(), cursor, TestContext.Current.CancellationToken);
            Assert.NotEmpty(page.Items);
            Assert.True(page.HasNext);
            Assert.True(seen.Count < 10_000, "The pages have no end.");
            seen.InsertRange(0, page.Items.Select(keyOf));
            cursor = page.Previous;
        }

        return seen;
    }
}
