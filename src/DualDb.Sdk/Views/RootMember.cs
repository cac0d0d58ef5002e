using System.ComponentModel;
using System.Globalization;
using DualDb.Mapping;
using DualDb.Sql;
using DualDb.Sql.Statements;

namespace DualDb.Views;

/// <summary>The member whose key is the key of the view.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <typeparam name="TMap">Its generated facts.</typeparam>
/// <param name="name">The member.</param>
/// <param name="after">The condition of the rows behind a key, whose parameters are the parts of the key.</param>
/// <param name="keyParts">How many parts the key has.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RootMember<TEntity, TKey, TMap>(string name, string after, int keyParts = 1)
    : KeyedMember<TEntity, TKey, TMap>(name, new RootKeys<TKey>())
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>The first rows behind a key, in the order of the keys. Parameters: the key's, then the limit.</summary>
    private readonly string _selectAfter = string.Create(
        CultureInfo.InvariantCulture, $"{EntitySql<TEntity, TKey, TMap>.Where(after)}\nlimit ${keyParts + 1}");

    /// <summary>The first rows in the order of their keys, or the first ones behind a row.</summary>
    internal async Task<IReadOnlyList<TEntity>> ReadChunkAsync(
        ViewDatabases databases, string view, TEntity? after, int limit, CancellationToken cancellationToken)
    {
        var executor = new StatementExecutor(databases[Entity.Database], Entity);
        try
        {
            return await executor.ExecuteAsync<KeysetChunk<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(
                new(after, _selectAfter, limit), transaction: null, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception)
        {
            throw new ViewMemberFailedException(view, Name, Entity.Database, exception);
        }
    }

    /// <summary>Keeps rows that were read ahead of the others.</summary>
    internal void Keep(FetchedRows rows, IReadOnlyList<TEntity> found) => rows.Keep(Index, found.ToDictionary(TMap.KeyOf));
}
