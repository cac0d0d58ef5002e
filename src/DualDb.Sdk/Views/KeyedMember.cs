using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>A member whose rows are asked for by their own keys: at most one row per key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <typeparam name="TMap">Its generated facts.</typeparam>
/// <param name="name">The member.</param>
/// <param name="keys">The keys.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public class KeyedMember<TEntity, TKey, TMap>(string name, KeySource<TKey> keys) : ViewMember<TEntity>(name, TMap.Info, LevelOf(keys)), IKeyedRows<TKey>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>The keys by which the rows are asked for. Who depends on the rows' keys need not wait for the rows.</summary>
    public KeySource<TKey> Keys { get; } = keys;

    internal override string Sql => TMap.SelectByKeys;

    internal override string KeyDescription => Keys.Description;

    /// <summary>The row with a key, or null.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key; null where it refers to nothing.</param>
    public TEntity? Find(FetchedRows rows, TKey? key)
        => key is not null && Table(rows)?.TryGetValue(key, out var row) == true ? row : null;

    /// <summary>The row with a key.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key; null where it refers to nothing.</param>
    /// <exception cref="ViewMemberMissingException">There is none.</exception>
    public TEntity Require(FetchedRows rows, TKey? key) => Find(rows, key) ?? throw Missing(rows, key);

    /// <summary>The rows that other rows refer to, each once, in the order in which they are referred to.</summary>
    /// <typeparam name="TParent">The rows that refer.</typeparam>
    /// <param name="parents">The rows that refer.</param>
    /// <param name="find">The row that one of them refers to, or null.</param>
    public TEntity[] List<TParent>(IReadOnlyList<TParent> parents, Func<TParent, TEntity?> find)
    {
        ArgumentNullException.ThrowIfNull(parents);
        ArgumentNullException.ThrowIfNull(find);
        var seen = new HashSet<TEntity>(ReferenceEqualityComparer.Instance);
        var found = new List<TEntity>();
        foreach (var parent in parents)
        {
            if (find(parent) is { } row && seen.Add(row))
            {
                found.Add(row);
            }
        }

        return [.. found];
    }

    /// <summary>The exception for a row that is not there.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key; null where it refers to nothing.</param>
    public ViewMemberMissingException Missing(FetchedRows rows, object? key)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new ViewMemberMissingException(rows.View, Name, Entity.Name, Entity.Database, key);
    }

    void IKeyedRows<TKey>.BindKeys(ParameterBinder binder, IReadOnlyList<TKey> keys) => TMap.BindKeys(binder, keys);

    internal override IEnumerable<TEntity> Rows(FetchedRows rows) => Table(rows)?.Values ?? Enumerable.Empty<TEntity>();

    internal override QuerySource<TEntity> SourceIn(ViewDatabases databases)
        => new QuerySource<TEntity, TKey, TMap>(new StatementExecutor(databases[Entity.Database], Entity));

    internal override MemberFetch? Fetch(FetchedRows rows)
        => Keys.Keys(rows) is { Count: > 0 } asked ? new KeyedFetch<TEntity, TKey, TMap>(this, asked) : null;

    private Dictionary<TKey, TEntity>? Table(FetchedRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Find<Dictionary<TKey, TEntity>>(Index);
    }

    private static int LevelOf(KeySource<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return keys.Level;
    }
}
