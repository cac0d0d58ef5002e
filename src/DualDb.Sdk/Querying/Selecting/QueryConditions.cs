using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>The conditions of a query for PostgREST. A list too long for one address is asked for in parts, where that changes nothing.</summary>
internal static class QueryConditions
{
    /// <summary>The values of the parameter <c>and</c>, one for each request; null for no condition.</summary>
    /// <param name="state">The query.</param>
    /// <param name="keyset">The condition of a page; null for none.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="asked">The selection without these conditions; null where only one request will do.</param>
    public static IReadOnlyList<string?> Of<TEntity>(QueryState<TEntity> state, Keyset<TEntity>? keyset, RestColumns columns, RestSelect? asked)
        where TEntity : class
    {
        var whole = Group(state.HasFilter ? [state.Filter] : [], keyset, list: null);
        if (asked is null || keyset is not null || LongestList(state.Filter) is not { } longest || (asked with { Groups = [whole] }).RoomOf(columns) >= 0)
        {
            return [whole];
        }

        // A value that came twice would be asked for in two parts, and its rows found twice.
        var others = state.Filter.Conjuncts.Where(part => part != longest.Filter).ToArray();
        var room = (asked with { Groups = [Group(others, keyset: null, list: null)] }).RoomOf(columns);
        return [.. RestKeyList.Chunks(longest.List.Values.Distinct(StringComparer.Ordinal), room).Select(values => Group(others, keyset: null, longest.List with { Values = values }))];
    }

    private static (Filter<TEntity> Filter, RestList List)? LongestList<TEntity>(Filter<TEntity> filter)
        where TEntity : class
    {
        (Filter<TEntity>, RestList)? longest = null;
        var length = 0;
        foreach (var part in filter.Conjuncts)
        {
            if (part.AsRestList() is { } list && list.Values.Sum(static value => value.Length) is var own && own >= length)
            {
                (longest, length) = ((part, list), own);
            }
        }

        return longest;
    }

    private static string? Group<TEntity>(IReadOnlyList<Filter<TEntity>> filters, Keyset<TEntity>? keyset, RestList? list)
        where TEntity : class
    {
        var rest = new RestFilter();
        foreach (var filter in filters)
        {
            filter.WriteRest(rest);
        }

        keyset?.WriteRest(rest);
        if (list is not null)
        {
            rest.In(list.Path, list.Values);
        }

        return rest.Group();
    }
}
