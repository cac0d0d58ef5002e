using System.ComponentModel;
using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb.Views;

/// <summary>One member of a view, as the plan sees it: rows of one entity, and the keys by which they are asked for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ViewMember
{
    private protected ViewMember(string name, EntityInfo entity, int level)
    {
        Name = name;
        Entity = entity;
        Level = level;
    }

    /// <summary>The member, with the members around it where views are nested: <c>Order.Buyer</c>.</summary>
    public string Name { get; }

    /// <summary>The member, this or one around it, that is null or empty where this one cannot be read; null where the call then fails.</summary>
    public string? SparedWith { get; init; }

    /// <summary>Its place in the plan.</summary>
    internal int Index { get; set; }

    /// <summary>The entity.</summary>
    internal EntityInfo Entity { get; }

    /// <summary>How many round trips come before it.</summary>
    internal int Level { get; }

    /// <summary>The statement for many keys, for the plan.</summary>
    internal abstract string Sql { get; }

    /// <summary>The keys, for the plan.</summary>
    internal abstract string KeyDescription { get; }

    /// <summary>What is to be read for the rows fetched so far; null where there is nothing to ask for.</summary>
    internal abstract MemberFetch? Fetch(FetchedRows rows);
}

/// <summary>A member of a view whose rows other members may depend on.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ViewMember<TEntity> : ViewMember
    where TEntity : class
{
    private protected ViewMember(string name, EntityInfo entity, int level)
        : base(name, entity, level)
    {
    }

    /// <summary>All rows fetched.</summary>
    internal abstract IEnumerable<TEntity> Rows(FetchedRows rows);

    /// <summary>Where its rows are asked for by conditions.</summary>
    internal abstract QuerySource<TEntity> SourceIn(ViewDatabases databases);

    /// <summary>The keys that the rows refer to.</summary>
    /// <typeparam name="TKey">The keys.</typeparam>
    /// <param name="property">The property that refers.</param>
    /// <param name="key">The key in a row; null where it refers to nothing.</param>
    public KeySource<TKey> KeysIn<TKey>(string property, Func<TEntity, TKey?> key)
        where TKey : notnull
        => new KeysInRows<TEntity, TKey>(this, property, row => key(row) is { } given ? (true, given) : default);

    /// <inheritdoc cref="KeysIn{TKey}(string, Func{TEntity, TKey})"/>
    public KeySource<TKey> KeysIn<TKey>(string property, Func<TEntity, TKey?> key)
        where TKey : struct
        => new KeysInRows<TEntity, TKey>(this, property, row => key(row) is { } given ? (true, given) : default);
}
