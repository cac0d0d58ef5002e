namespace DualDb.Caching;

/// <summary>The entries of one cached view.</summary>
internal sealed class ViewCache<TView, TKey> : IEntityCache
    where TView : class
    where TKey : notnull
{
    private const int KeyCharacters = 128;

    private readonly CacheCore _core;
    private readonly CachedView<TView, TKey> _view;
    private readonly string _subject = "view." + typeof(TView).FullName;

    public ViewCache(CacheCore core, CachedView<TView, TKey> view, CacheSettings settings)
    {
        _core = core;
        _view = view;
        Settings = settings;
        Figures = new CacheFigures(typeof(TView).Name);
        var dependencies = view.Entities
            .Select(TableEntity.SubjectOf)
            .SelectMany(static table => new[] { Dependency.Table(table), Dependency.Entries(table) })
            .Append(Dependency.Entries(_subject))
            .Concat(settings.Tags.Select(Dependency.Tag))
            .Distinct(StringComparer.Ordinal)
            .Select(core.Dependency)
            .ToArray();
        var facts = new SpaceFacts<TView>(
            typeof(TView).Name, _subject, "", view.Schema, view, static _ => 1, static value => value is not IPartialView { IsPartial: true });
        Views = new CacheSpace<TView>(core, facts, settings, new DependencySet(dependencies), Figures);
    }

    public Type Type => typeof(TView);

    public CacheFigures Figures { get; }

    public CacheSettings Settings { get; }

    /// <summary>The views by key.</summary>
    public CacheSpace<TView> Views { get; }

    /// <summary>Whether all users see the same views: where the rows of all members are everybody's.</summary>
    public bool IsShared => _view.Entities.All(_core.IsShared);

    public bool HasExactKey => _view.HasExactKey;

    public KeyFormat<TKey> FormatKey => _view.FormatKey;

    public string KeyTypeName => typeof(TKey).Name;

    public IReadOnlyList<string> LookupMembers => [];

    public bool TryAddKey(Invalidation invalidation, object key)
    {
        if (key is not TKey typed && !WholeNumbers.TryWiden(key, out typed!))
        {
            return false;
        }

        var text = new KeyText(stackalloc char[KeyCharacters]);
        try
        {
            _view.FormatKey(ref text, typed);
            invalidation.Add(new CacheAddress(_subject, "", BoundedText.Of(text.Written)));
            return true;
        }
        finally
        {
            text.Dispose();
        }
    }

    public bool? TryAddLookup(Invalidation invalidation, string member, object value) => null;

    public void AddAll(Invalidation invalidation) => invalidation.AddAll(_subject);
}
