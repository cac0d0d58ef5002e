using DualDb.Mapping;

namespace DualDb.Rest;

/// <summary>The statements behind <c>FindBy…</c> and <c>ListBy…</c>: columns that equal values.</summary>
internal static class RestLookup<TEntity, TKey, TMap>
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>The rows whose columns have the values.</summary>
    public static RestSelect Rows<TArgument>(RestTable table, Statement<TArgument> statement, TArgument argument)
    {
        var values = TextsOf(statement, argument);
        var rows = RestEntity<TEntity, TKey, TMap>.Rows(table);
        return rows with { Parameters = [.. statement.Columns.Select((column, index) => (RestNames.Quote(column), "eq." + values[index])), .. rows.Parameters] };
    }

    /// <summary>The rows whose columns have the values; of a list of values those that have one of them.</summary>
    public static async ValueTask<IReadOnlyList<TEntity>> ListAsync<TArgument>(
        RestTable table, Statement<TArgument> statement, TArgument argument, CancellationToken cancellationToken)
    {
        if (!statement.IsOfMany)
        {
            return await table.ListAsync(Rows(table, statement, argument), RestEntity<TEntity, TKey, TMap>.Read, cancellationToken).ConfigureAwait(false);
        }

        var all = RestEntity<TEntity, TKey, TMap>.Rows(table);
        var found = new List<TEntity>();
        foreach (var values in RestKeyList.Chunks(TextsOf(statement, argument).Distinct(StringComparer.Ordinal), all.RoomOf(table.Columns)))
        {
            var rows = all with { Groups = [RestKeyList.InGroup(RestNames.Quote(statement.Columns[0]), values)] };
            found.AddRange(await table.ListAsync(rows, RestEntity<TEntity, TKey, TMap>.Read, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private static IReadOnlyList<string> TextsOf<TArgument>(Statement<TArgument> statement, TArgument argument)
    {
        var texts = new RestTexts();
        statement.Bind(new ParameterBinder(texts), argument);
        return [.. texts.Values.Select(static text => text!)];
    }
}
