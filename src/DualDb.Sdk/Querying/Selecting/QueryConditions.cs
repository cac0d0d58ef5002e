using DualDb.Rest;

namespace DualDb.Querying;

/// <summary>The conditions of a query for PostgREST. A list too long for one address is asked for in parts, where that changes nothing.</summary>
internal static class QueryConditions
{
    /// <summary>The values of the parameter <c>and</c>, one for each request; null for no condition.</summary>
    /// <param name="state">The query.</param>
    /// <param name="keyset">The condition of a page; null for none.</param>
    /// <param name="mayPart">Whether the rows of several requests, one after another, are what is asked for.</param>
    public static IReadOnlyList<string?> Of<TEntity>(QueryState<TEntity> state, Keyset<TEntity>? keyset, bool mayPart)
        where TEntity : class
    {
        if (mayPart && keyset is null && LongList(state.Filter) is { } list)
        {
            var rest = state.Filter.Conjuncts.Where(part => part != list);
            return [.. RestKeyList.Chunks(list.AsRestList()!.Values.Distinct(StringComparer.Ordinal)).Select(values => Group([.. rest], keyset: null, list.AsRestList()! with { Values = values }))];
        }

        return [Group(state.HasFilter ? [state.Filter] : [], keyset, list: null)];
    }

    private static Filter<TEntity>? LongList<TEntity>(Filter<TEntity> filter)
        where TEntity : class
        => filter.Conjuncts.FirstOrDefault(static part => part.AsRestList() is { } list && RestKeyList.Chunks(list.Values).Skip(1).Any());

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
