namespace DualDb.Views;

/// <summary>One resolving of a query's conditions.</summary>
/// <param name="View">The view, for messages.</param>
/// <param name="Databases">The databases.</param>
/// <param name="Operation">The public method.</param>
/// <param name="Filters">The conditions.</param>
internal sealed record FilterCall(string View, ViewDatabases Databases, string Operation, MemberFilters Filters)
{
    /// <summary>The condition of a member together with those of the members that depend on it, all of them asked for at the same time.</summary>
    public async Task<Filter<TEntity>> ResolveAsync<TEntity>(
        FilterSource<TEntity> source, Filter<TEntity> own, IReadOnlyList<MemberFilter<TEntity>> children, CancellationToken cancellationToken)
        where TEntity : class
    {
        var used = children.Where(child => child.IsUsed(Filters)).ToArray();
        if (used.Length == 0 || FilterSource.IsNone(own))
        {
            return own;
        }

        var found = new Filter<TEntity>[used.Length];
        await Together.RunAsync(
            [.. used.Select((child, index) => (Func<CancellationToken, Task>)(async token
                => found[index] = await child.ResolveAsync(this, source, own, token).ConfigureAwait(false)))],
            cancellationToken).ConfigureAwait(false);
        return found.Aggregate(own, static (all, one) => all & one);
    }
}
