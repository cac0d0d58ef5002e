using DualDb.Caching;
using DualDb.Mapping;
using DualDb.Rest;

namespace DualDb.Views;

/// <summary>Rows by the keys that they refer to, over REST.</summary>
internal static class RestReferences<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    // PostgREST cannot limit the rows of each key in one request. That many requests share the way; the rest wait.
    private const int RequestsAtOnce = 8;

    /// <summary>The rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="reference">The column that refers.</param>
    /// <param name="keys">The texts of the keys.</param>
    /// <param name="order">The order of the rows of one key in SQL; null for that of their own keys.</param>
    /// <param name="take">The most rows of one key; null for all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public static async ValueTask<IReadOnlyList<TEntity>> ListAsync(
        RestTable table, ReferenceColumn reference, IReadOnlyList<string> keys, IReadOnlyList<string>? order, int? take, CancellationToken cancellationToken)
    {
        var path = RestNames.Quote(SqlNames.Split(reference.Name)[0]);
        var rows = RestEntity<TEntity, TKey, TMap>.Rows(table) with { Order = order is null ? table.Columns.KeyOrder : string.Join(',', order.Select(RestOrder.Of)), Take = take };
        var found = new List<TEntity>();
        if (take is null)
        {
            foreach (var values in RestKeyList.Chunks(keys.Distinct(StringComparer.Ordinal), rows.RoomOf(table.Columns)))
            {
                found.AddRange(await ReadAsync(table, rows with { Groups = [RestKeyList.InGroup(path, values)] }, cancellationToken).ConfigureAwait(false));
            }

            return found;
        }

        foreach (var some in keys.Distinct(StringComparer.Ordinal).Chunk(RequestsAtOnce))
        {
            var answers = await Task.WhenAll(some.Select(key => ReadAsync(table, rows with { Groups = [RestKeyList.InGroup(path, [key])] }, cancellationToken).AsTask())).ConfigureAwait(false);
            found.AddRange(answers.SelectMany(static answer => answer));
        }

        return found;
    }

    private static ValueTask<IReadOnlyList<TEntity>> ReadAsync(RestTable table, RestSelect select, CancellationToken cancellationToken)
        => table.ListAsync(select, RestEntity<TEntity, TKey, TMap>.Read, cancellationToken);
}
