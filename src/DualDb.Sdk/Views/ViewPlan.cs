using System.ComponentModel;
using DualDb.Mapping;

namespace DualDb.Views;

/// <summary>How a view is read: its members, level by level, and how their rows become views.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ViewPlan<TView, TKey>
    where TView : class
    where TKey : notnull
{
    private protected ViewPlan(string name, IReadOnlyList<ViewMember> members)
    {
        Name = name;
        Members = members;
        for (var index = 0; index < members.Count; index++)
        {
            members[index].Index = index;
        }

        Levels = LevelsOf(members);
        LevelsBelowRoot = LevelsOf(members.Skip(1));
    }

    /// <summary>The view, for messages.</summary>
    internal string Name { get; }

    /// <summary>The members; the root is the first.</summary>
    internal IReadOnlyList<ViewMember> Members { get; }

    /// <summary>The members that are read at the same time, in the order of the round trips.</summary>
    internal IReadOnlyList<IReadOnlyList<ViewMember>> Levels { get; }

    /// <summary>The same without the root, where its rows are there already.</summary>
    internal IReadOnlyList<IReadOnlyList<ViewMember>> LevelsBelowRoot { get; }

    /// <summary>The views of keys whose rows were fetched: in the order of the keys, what is missing or skipped left out.</summary>
    internal abstract List<TView> Assemble(FetchedRows rows, IEnumerable<TKey> keys);

    /// <summary>Fetches all views in the order of their keys, a chunk at each call; null behind the last.</summary>
    internal abstract Func<CancellationToken, Task<IReadOnlyList<TView>?>> AllChunks(ViewDatabases databases, int chunkSize);

    /// <summary>The exception for a root row that is not there.</summary>
    internal abstract EntityNotFoundException NotFound(TKey key);

    private static ViewMember[][] LevelsOf(IEnumerable<ViewMember> members)
        => [.. members.GroupBy(static member => member.Level).OrderBy(static level => level.Key).Select(static level => level.ToArray())];
}

/// <summary>How a view is read, by the entity of its root member.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TRoot">The entity of its root member.</typeparam>
/// <typeparam name="TKey">The type of its key.</typeparam>
/// <typeparam name="TMap">The generated facts of the root's entity.</typeparam>
/// <param name="name">The view, for messages.</param>
/// <param name="root">The root member.</param>
/// <param name="others">The other members, none before one that it depends on.</param>
/// <param name="assemble">Makes a view of a root row; null where a missing row makes it skip the view.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ViewPlan<TView, TRoot, TKey, TMap>(
    string name, RootMember<TRoot, TKey, TMap> root, IReadOnlyList<ViewMember> others, Func<FetchedRows, TRoot, TView?> assemble)
    : ViewPlan<TView, TKey>(name, [root, .. others]), IViewRoots<TView, TRoot>
    where TView : class
    where TRoot : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TRoot, TKey>
{
    internal override List<TView> Assemble(FetchedRows rows, IEnumerable<TKey> keys)
    {
        var views = new List<TView>();
        Dictionary<TKey, TView?>? made = null;
        foreach (var key in keys)
        {
            // A key named twice yields its view twice, made once.
            if (made?.TryGetValue(key, out var view) != true)
            {
                view = root.Find(rows, key) is { } row ? assemble(rows, row) : null;
                (made ??= []).Add(key, view);
            }

            if (view is not null)
            {
                views.Add(view);
            }
        }

        return views;
    }

    internal override Func<CancellationToken, Task<IReadOnlyList<TView>?>> AllChunks(ViewDatabases databases, int chunkSize)
    {
        TRoot? last = null;
        var isLast = false;
        return NextAsync;

        async Task<IReadOnlyList<TView>?> NextAsync(CancellationToken cancellationToken)
        {
            if (isLast)
            {
                return null;
            }

            var roots = await root.ReadChunkAsync(databases, Name, last, chunkSize, cancellationToken).ConfigureAwait(false);
            isLast = roots.Count < chunkSize;
            last = roots is [.., var end] ? end : null;
            return await CompleteAsync(databases, "StreamAsync", roots, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The views of root rows that are there already.</summary>
    private async Task<IReadOnlyList<TView>> CompleteAsync(
        ViewDatabases databases, string operation, IReadOnlyList<TRoot> roots, CancellationToken cancellationToken)
    {
        if (roots.Count == 0)
        {
            return [];
        }

        var keys = roots.Select(TMap.KeyOf).ToArray();
        var rows = new FetchedRows(Name, Members.Count, keys);
        root.Keep(rows, roots);
        await new ViewCall(databases, operation, rows).RunAsync(LevelsBelowRoot, cancellationToken).ConfigureAwait(false);
        return Assemble(rows, keys);
    }

    string IViewRoots<TView, TRoot>.Name => Name;

    IReadOnlyList<ViewMember> IViewRoots<TView, TRoot>.Members => Members;

    Task<IReadOnlyList<TView>> IViewRoots<TView, TRoot>.CompleteAsync(
        ViewDatabases databases, string operation, IReadOnlyList<TRoot> roots, CancellationToken cancellationToken)
        => CompleteAsync(databases, operation, roots, cancellationToken);

    internal override EntityNotFoundException NotFound(TKey key)
        => new(TMap.Info, key, mayBeMarked: TMap.Features.HasFlag(EntityFeatures.SoftDelete));
}
