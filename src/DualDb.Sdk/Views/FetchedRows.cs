using System.ComponentModel;

namespace DualDb.Views;

/// <summary>What one call has fetched so far: a table per member, and the members that failed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FetchedRows
{
    private readonly object?[] _tables;
    private readonly object _rootKeys;
    private List<(string Spared, ViewFailure Failure)>? _failures;

    internal FetchedRows(string view, int members, object rootKeys)
    {
        View = view;
        _tables = new object?[members];
        _rootKeys = rootKeys;
    }

    /// <summary>The view, for messages.</summary>
    internal string View { get; }

    /// <summary>The members that could not be read, and why.</summary>
    public IReadOnlyList<ViewFailure> Failures => _failures is null ? [] : [.. _failures.Select(static failed => failed.Failure)];

    /// <summary>The members within another one that could not be read, and why.</summary>
    /// <param name="member">The member that holds a view.</param>
    public IReadOnlyList<ViewFailure> FailuresWithin(string member)
        => _failures is null ? [] : [.. Failures.Where(failure => failure.Member.StartsWith(member + ".", StringComparison.Ordinal))];

    /// <summary>Whether a member with <c>[OnFailure(FailedMember.Null)]</c>, or one within it, could not be read.</summary>
    /// <param name="member">The member.</param>
    public bool HasFailed(string member) => _failures?.Exists(failed => string.Equals(failed.Spared, member, StringComparison.Ordinal)) == true;

    /// <summary>The views of rows; those that skip themselves are left out.</summary>
    /// <typeparam name="TEntity">The rows.</typeparam>
    /// <typeparam name="TView">The views.</typeparam>
    /// <param name="items">The rows.</param>
    /// <param name="assemble">Makes a view of a row, or null.</param>
    public TView[] Assemble<TEntity, TView>(IReadOnlyList<TEntity> items, Func<FetchedRows, TEntity, TView?> assemble)
        where TView : class
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(assemble);
        var views = new List<TView>(items.Count);
        foreach (var item in items)
        {
            if (assemble(this, item) is { } view)
            {
                views.Add(view);
            }
        }

        return [.. views];
    }

    /// <summary>The keys that were asked for, each once.</summary>
    internal IReadOnlyList<TKey> RootKeys<TKey>() => (IReadOnlyList<TKey>)_rootKeys;

    /// <summary>What a member has fetched; null where it had nothing to ask for, or has failed.</summary>
    internal TTable? Find<TTable>(int member)
        where TTable : class
        => (TTable?)_tables[member];

    /// <summary>Keeps what a member has fetched.</summary>
    internal void Keep(int member, object table) => _tables[member] = table;

    /// <summary>Notes that a member has failed.</summary>
    /// <param name="spared">The member with <c>[OnFailure(FailedMember.Null)]</c>: the same, or one around it.</param>
    /// <param name="failure">The failure.</param>
    internal void Fail(string spared, ViewFailure failure) => (_failures ??= []).Add((spared, failure));
}
