namespace DualDb.Caching;

/// <summary>What can be said of a cached entity or view without knowing the types of its keys.</summary>
internal interface IEntityCache
{
    /// <summary>The entity or view.</summary>
    Type Type { get; }

    CacheFigures Figures { get; }

    CacheSettings Settings { get; }

    /// <summary>The type of its key, for messages.</summary>
    string KeyTypeName { get; }

    /// <summary>The members that its rows are found by besides the key.</summary>
    IReadOnlyList<string> LookupMembers { get; }

    /// <summary>Adds what is known by a key; false where the key is of another type.</summary>
    bool TryAddKey(Invalidation invalidation, object key);

    /// <summary>Adds what is found by a member; false where the value is of another type, null where nothing is found by that member.</summary>
    bool? TryAddLookup(Invalidation invalidation, string member, object value);

    /// <summary>Adds every entry.</summary>
    void AddAll(Invalidation invalidation);
}
