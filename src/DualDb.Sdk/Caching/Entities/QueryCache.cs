using System.Collections.Concurrent;

namespace DualDb.Caching;

/// <summary>The results of an entity's cached queries. They fall with every change of the table, since which rows a change concerns cannot be told.</summary>
internal sealed class QueryCache<TEntity>
    where TEntity : class
{
    /// <summary>More names than these are not told apart by a program that was meant to; their results are not kept.</summary>
    private const int MostNames = 1_000;

    private readonly ConcurrentDictionary<string, QuerySpaces<TEntity>> _named = new(StringComparer.Ordinal);
    private readonly Func<string, QuerySpaces<TEntity>> _create;
    private readonly QuerySpaces<TEntity> _nameless;

    public QueryCache(Func<string, QuerySpaces<TEntity>> create)
    {
        _create = create;
        _nameless = create("");
    }

    /// <summary>Where results of a name are kept; null where there are too many names.</summary>
    public QuerySpaces<TEntity>? Of(string? name)
    {
        if (name is null)
        {
            return _nameless;
        }

        return _named.TryGetValue(name, out var spaces) ? spaces
            : _named.Count < MostNames ? _named.GetOrAdd(name, _create)
            : null;
    }
}

/// <summary>Where the results of queries are kept.</summary>
/// <param name="Rows">Rows.</param>
/// <param name="Counts">Numbers of rows.</param>
internal sealed record QuerySpaces<TEntity>(CacheSpace<IReadOnlyList<TEntity>> Rows, CacheSpace<RowCount> Counts)
    where TEntity : class;
