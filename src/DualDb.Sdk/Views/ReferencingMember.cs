using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Querying;
using DualDb.Sql;
using Npgsql;

namespace DualDb.Views;

/// <summary>A member whose rows refer to the rows of another one: any number of rows per key.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <typeparam name="TMap">Its generated facts.</typeparam>
/// <typeparam name="TParentKey">The keys that it refers to.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReferencingMember<TEntity, TKey, TMap, TParentKey> : ViewMember<TEntity>, IKeyedRows<TKey>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
    where TParentKey : notnull
{
    private readonly IKeyedRows<TParentKey> _parent;

    /// <summary>Creates the member.</summary>
    /// <param name="name">The member.</param>
    /// <param name="parent">The member whose keys are referred to.</param>
    /// <param name="reference">The column that refers, and its type.</param>
    /// <param name="parentKey">The key that a row refers to.</param>
    /// <param name="order">The order of the rows of one parent, whose last columns are those of the key; null for that of the keys.</param>
    /// <param name="take">The most rows of one parent, which then have an <paramref name="order"/>; null for all.</param>
    public ReferencingMember(
        string name,
        IKeyedRows<TParentKey> parent,
        ReferenceColumn reference,
        Func<TEntity, TParentKey> parentKey,
        IReadOnlyList<string>? order = null,
        int? take = null)
        : base(name, TMap.Info, LevelOf(parent))
    {
        _parent = parent;
        Reference = reference;
        Order = order;
        Take = take;
        ParentKeyOf = parentKey;
        Sql = take is { } limit
            ? EntitySql<TEntity, TKey, TMap>.FirstByReference(reference, order!, limit)
            : EntitySql<TEntity, TKey, TMap>.ByReference(reference, order);
        Keys = new KeysInRows<TEntity, TKey>(this, "key", static row => (true, TMap.KeyOf(row)));
    }

    /// <inheritdoc/>
    public KeySource<TKey> Keys { get; }

    internal override string Sql { get; }

    internal override string KeyDescription => _parent.Keys.Description;

    /// <summary>The column that refers.</summary>
    internal ReferenceColumn Reference { get; }

    /// <summary>The order of the rows of one parent in SQL; null for that of the keys.</summary>
    internal IReadOnlyList<string>? Order { get; }

    /// <summary>The most rows of one parent; null for all.</summary>
    internal int? Take { get; }

    /// <summary>The key that a row refers to.</summary>
    internal Func<TEntity, TParentKey> ParentKeyOf { get; }

    /// <summary>The rows that refer to a key, in their order.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key.</param>
    public TEntity[] List(FetchedRows rows, TParentKey key) => Table(rows)?.TryGetValue(key, out var found) == true ? [.. found] : [];

    /// <summary>The rows that refer to any of several rows, those of the first one first.</summary>
    /// <typeparam name="TParent">The rows that are referred to.</typeparam>
    /// <param name="parents">The rows that are referred to.</param>
    /// <param name="list">The rows that refer to one of them.</param>
    public TEntity[] List<TParent>(IReadOnlyList<TParent> parents, Func<TParent, TEntity[]> list) => [.. parents.SelectMany(list)];

    /// <summary>The only row that refers to a key, or null.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key.</param>
    public TEntity? Find(FetchedRows rows, TParentKey key) => Table(rows)?.TryGetValue(key, out var found) == true ? found[0] : null;

    /// <summary>The only row that refers to a key.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key.</param>
    /// <exception cref="ViewMemberMissingException">There is none.</exception>
    public TEntity Require(FetchedRows rows, TParentKey key) => Find(rows, key) ?? throw Missing(rows, key);

    /// <summary>The exception for a row that is not there.</summary>
    /// <param name="rows">What was fetched.</param>
    /// <param name="key">The key.</param>
    public ViewMemberMissingException Missing(FetchedRows rows, object? key)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new ViewMemberMissingException(rows.View, Name, Entity.Name, Entity.Database, key);
    }

    void IKeyedRows<TKey>.BindKeys(ParameterBinder binder, IReadOnlyList<TKey> keys) => TMap.BindKeys(binder, keys);

    internal override IEnumerable<TEntity> Rows(FetchedRows rows)
        => Table(rows)?.Values.SelectMany(static group => group) ?? Enumerable.Empty<TEntity>();

    internal override QuerySource<TEntity> SourceIn(ViewDatabases databases)
        => new QuerySource<TEntity, TKey, TMap>(new StatementExecutor(databases[Entity.Database], Entity));

    internal override MemberFetch? Fetch(FetchedRows rows)
        => _parent.Keys.Keys(rows) is { Count: > 0 } asked ? new ReferencingFetch<TEntity, TKey, TMap, TParentKey>(this, _parent, asked) : null;

    private Dictionary<TParentKey, List<TEntity>>? Table(FetchedRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows.Find<Dictionary<TParentKey, List<TEntity>>>(Index);
    }

    private static int LevelOf(IKeyedRows<TParentKey> parent)
    {
        ArgumentNullException.ThrowIfNull(parent);
        return parent.Keys.Level;
    }
}
