namespace DualDb.Rest;

/// <summary>
/// Changes of the first rows only. PostgREST changes all that meet the conditions: so the keys of the first are read, and the change is made to
/// those of them that still meet the conditions.
/// </summary>
internal static class RestChosen
{
    /// <summary>The selection narrowed to the keys; null where there are none.</summary>
    /// <exception cref="NotSupportedException">There are more keys than an address has room for.</exception>
    public static async ValueTask<RestSelect?> NarrowAsync(RestTable table, RestSelect select, CancellationToken cancellationToken)
    {
        var count = table.Columns.Key.Count;
        var keys = await table.ListAsync(
            select with { Shape = table.Columns.KeyTexts },
            row => (IReadOnlyList<string>)[.. Enumerable.Range(0, count).Select(row.GetString)],
            cancellationToken).ConfigureAwait(false);
        if (keys.Count == 0)
        {
            return null;
        }

        var all = select with { Order = null, Take = null, Skip = null };
        var groups = RestKeyList.Groups(table.Columns, keys, all.RoomOf(table.Columns)).Take(2).ToArray();
        if (groups.Length > 1)
        {
            throw RestUnsupported.Of($"So many rows of {table.Entity.Name} cannot be changed at once by a limit");
        }

        return all with { Groups = [RestKeyList.Both(select.Groups[0], groups[0].Conditions)] };
    }
}
