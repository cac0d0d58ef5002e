using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>The spaces of one cached entity: its rows by key, by unique values, and its lists by references.</summary>
internal sealed class EntityCache<TEntity, TKey, TMap> : IEntityCache
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    private readonly CachedEntity<TEntity> _entity;
    private readonly Dictionary<CachedLookup<TEntity>, CacheSpace<TEntity>> _singles = [];
    private readonly Dictionary<CachedLookup<TEntity>, CacheSpace<IReadOnlyList<TEntity>>> _lists = [];

    public EntityCache(CacheCore core, CachedEntity<TEntity> entity, CacheSettings settings)
    {
        var info = TMap.Info;
        _entity = entity;
        Core = core;
        Settings = settings;
        Subject = TableEntity.SubjectOf(info);
        Figures = new CacheFigures(info.Name);
        core.AddEntity(Subject);
        if (settings.IsShared)
        {
            core.Share(info);
        }

        var tags = settings.Tags.Select(tag => core.Dependency(Dependency.Tag(tag))).ToArray();
        var entries = core.Dependency(Dependency.Entries(Subject));
        var lookups = core.Dependency(Dependency.Lookups(Subject));
        Rows = new CacheSpace<TEntity>(core, FactsOf(""), settings, new DependencySet([entries, .. tags]), Figures);
        LookupDependencies = new DependencySet([entries, lookups, .. tags]);
        Dependency[] queried = [entries, core.Dependency(Dependency.Table(Subject)), .. tags];
        Queries = new QueryCache<TEntity>(name => QuerySpacesOf(name, queried));
        var stamps = core.StampsOf(Subject);
        foreach (var lookup in entity.Lookups)
        {
            if (lookup.IsExact)
            {
                _singles.Add(lookup, new CacheSpace<TEntity>(core, FactsOf(lookup.Columns) with { Members = new(stamps, row => [AddressOf(row)]) }, settings, LookupDependencies, Figures));
                _lists.Add(lookup, new CacheSpace<IReadOnlyList<TEntity>>(
                    core,
                    ListFactsOf(lookup.Columns + "[]") with { Members = new(stamps, rows => [.. rows.Select(AddressOf)]) },
                    settings,
                    LookupDependencies,
                    Figures));
            }
        }
    }

    /// <summary>How its logged changes are read.</summary>
    public IWatchedTable Table => new WatchedTable(
        TMap.Info, SqlNames.Split(TMap.Query.KeyColumns), [.. _singles.Keys.Select(static lookup => lookup.Columns.Split(','))]);

    public CacheCore Core { get; }

    public CacheSettings Settings { get; }

    public CacheFigures Figures { get; }

    public string Subject { get; }

    public Type Type => typeof(TEntity);

    /// <summary>The rows by key.</summary>
    public CacheSpace<TEntity> Rows { get; }

    /// <summary>The results of queries.</summary>
    public QueryCache<TEntity> Queries { get; }

    private DependencySet LookupDependencies { get; }

    /// <summary>Whether a write has to know what the row was like before: it may leave lists and unique values behind.</summary>
    public bool HasLookups => _singles.Count > 0;

    /// <summary>The space of single rows by a unique value; null where they are not cached.</summary>
    public CacheSpace<TEntity>? SingleBy(CachedLookup<TEntity> lookup) => _singles.GetValueOrDefault(lookup);

    /// <summary>The space of lists by a reference; null where they are not cached.</summary>
    public CacheSpace<IReadOnlyList<TEntity>>? ListBy(CachedLookup<TEntity> lookup) => _lists.GetValueOrDefault(lookup);

    /// <summary>Adds where an entity is found.</summary>
    public void Add(Invalidation invalidation, TEntity row)
    {
        AddKey(invalidation, TMap.KeyOf(row));
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            foreach (var lookup in _singles.Keys)
            {
                text.Clear();
                if (lookup.TryWrite(ref text, row))
                {
                    AddLookup(invalidation, lookup, BoundedText.Of(text.Written));
                }
            }
        }
        finally
        {
            text.Dispose();
        }
    }

    public void AddKey(Invalidation invalidation, TKey key) => invalidation.Add(AddressOf(key));

    private CacheAddress AddressOf(TEntity row) => AddressOf(TMap.KeyOf(row));

    private CacheAddress AddressOf(TKey key)
    {
        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            TMap.FormatKey(ref text, key);
            return new CacheAddress(Subject, "", BoundedText.Of(text.Written));
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <summary>Adds what is put together from the table.</summary>
    public void AddTable(Invalidation invalidation) => invalidation.Add(Dependency.Table(Subject));

    /// <summary>Adds all rows found by something other than the key: for changes of which it is not known what the rows were like before.</summary>
    public void AddLookups(Invalidation invalidation) => invalidation.Add(Dependency.Lookups(Subject));

    /// <inheritdoc/>
    public bool TryAddKey(Invalidation invalidation, object key)
    {
        if (key is not TKey typed && !WholeNumbers.TryWiden(key, out typed!))
        {
            return false;
        }

        AddKey(invalidation, typed);
        AddLookups(invalidation);
        AddTable(invalidation);
        return true;
    }

    /// <inheritdoc/>
    public bool? TryAddLookup(Invalidation invalidation, string member, object value)
    {
        var lookup = _entity.Lookups.FirstOrDefault(lookup => string.Equals(lookup.Member, member, StringComparison.Ordinal));
        if (lookup is null)
        {
            return null;
        }

        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            if (!lookup.TryWriteValue(ref text, value))
            {
                return false;
            }

            AddLookup(invalidation, lookup, BoundedText.Of(text.Written));
            AddTable(invalidation);
            return true;
        }
        finally
        {
            text.Dispose();
        }
    }

    /// <inheritdoc/>
    public void AddAll(Invalidation invalidation) => invalidation.AddAll(Subject);

    /// <inheritdoc/>
    public string KeyTypeName => typeof(TKey).Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> LookupMembers => [.. _entity.Lookups.Select(static lookup => lookup.Member)];

    private const int KeyCharacters = 128;

    private void AddLookup(Invalidation invalidation, CachedLookup<TEntity> lookup, string text)
    {
        invalidation.Add(new CacheAddress(Subject, lookup.Columns, text));
        invalidation.Add(new CacheAddress(Subject, lookup.Columns + "[]", text));
    }

    private QuerySpaces<TEntity> QuerySpacesOf(string name, Dependency[] queried)
    {
        var dependencies = new DependencySet(name.Length == 0 ? queried : [.. queried, Core.Dependency(Dependency.Tag(name))]);
        var counts = new SpaceFacts<RowCount>(
            TMap.Info.Name, Subject, $"query#{name}", TMap.PayloadSchema, RowCountCodec.Instance, static _ => 1, static _ => true);
        return new QuerySpaces<TEntity>(
            new CacheSpace<IReadOnlyList<TEntity>>(Core, ListFactsOf($"query[]{name}"), Settings, dependencies, Figures),
            new CacheSpace<RowCount>(Core, counts, Settings, dependencies, Figures));
    }

    private SpaceFacts<TEntity> FactsOf(string kind)
        => new(TMap.Info.Name, Subject, kind, TMap.PayloadSchema, RowCodec<TEntity, TKey, TMap>.Instance, static _ => 1, static _ => true);

    private SpaceFacts<IReadOnlyList<TEntity>> ListFactsOf(string kind)
        => new(TMap.Info.Name, Subject, kind, TMap.PayloadSchema, RowsCodec<TEntity, TKey, TMap>.Instance, static rows => rows.Count, static _ => true);
}
