using System.ComponentModel;
using DualDb.Querying;

namespace DualDb.Views;

/// <summary>All that was asked of a query over views.</summary>
/// <typeparam name="TView">The view.</typeparam>
/// <typeparam name="TRoot">The entity of its root member.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record ViewQueryState<TView, TRoot>
    where TView : class
    where TRoot : class
{
    internal ViewQueryState(IViewRoots<TView, TRoot> roots, ViewDatabases databases, IReadOnlyList<MemberFilter<TRoot>> paths)
    {
        Roots = roots;
        Databases = databases;
        Paths = paths;
        Filters = new MemberFilters(roots.Members.Count);
    }

    internal IViewRoots<TView, TRoot> Roots { get; }

    internal ViewDatabases Databases { get; }

    internal IReadOnlyList<MemberFilter<TRoot>> Paths { get; }

    internal MemberFilters Filters { get; init; }

    /// <summary>The conditions as text and values, in the order in which they were added, by which a cursor knows its query.</summary>
    internal IReadOnlyList<byte[]> Fingerprints { get; init; } = [];

    internal IReadOnlyList<OrderTerm<TRoot>> Order { get; init; } = [];

    internal int? Take { get; init; }

    /// <summary>Whether a condition decides that there is nothing to find.</summary>
    internal bool MatchesNothing { get; init; }
}

/// <summary>The root rows of a view, and what becomes of them.</summary>
internal interface IViewRoots<TView, TRoot>
    where TView : class
    where TRoot : class
{
    /// <summary>The view, for messages.</summary>
    string Name { get; }

    /// <summary>The members; the root is the first.</summary>
    IReadOnlyList<ViewMember> Members { get; }

    /// <summary>The views of root rows that are there already.</summary>
    Task<IReadOnlyList<TView>> CompleteAsync(ViewDatabases databases, string operation, IReadOnlyList<TRoot> roots, CancellationToken cancellationToken);
}
