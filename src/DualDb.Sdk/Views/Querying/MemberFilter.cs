using System.ComponentModel;
using DualDb.Querying;

namespace DualDb.Views;

/// <summary>How a condition on a member becomes one on the member that it depends on.</summary>
/// <typeparam name="TParent">The entity of that member.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MemberFilter<TParent>
    where TParent : class
{
    private protected MemberFilter()
    {
    }

    /// <summary>Whether there is a condition on the member, or on one that depends on it.</summary>
    internal abstract bool IsUsed(MemberFilters filters);

    /// <summary>The rows of the parent that have a row of the member that meets its conditions.</summary>
    /// <param name="call">The query.</param>
    /// <param name="parent">Where the parent's rows are.</param>
    /// <param name="condition">The parent's own condition.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    internal abstract Task<Filter<TParent>> ResolveAsync(
        FilterCall call, FilterSource<TParent> parent, Filter<TParent> condition, CancellationToken cancellationToken);
}

/// <summary>How a condition on a member becomes one on the member that it depends on, by the keys that both hold.</summary>
/// <typeparam name="TParent">The entity of that member.</typeparam>
/// <typeparam name="TEntity">The entity of the member.</typeparam>
/// <typeparam name="TKey">The keys.</typeparam>
/// <param name="member">The member.</param>
/// <param name="parentColumn">The column of the parent that holds the key.</param>
/// <param name="column">The column of the member that holds the key.</param>
/// <param name="children">The members that depend on this one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MemberFilter<TParent, TEntity, TKey>(
    ViewMember<TEntity> member, LinkColumn<TParent, TKey> parentColumn, LinkColumn<TEntity, TKey> column, params MemberFilter<TEntity>[] children)
    : MemberFilter<TParent>
    where TParent : class
    where TEntity : class
    where TKey : notnull
{
    internal override bool IsUsed(MemberFilters filters) => filters.Has(member.Index) || children.Any(child => child.IsUsed(filters));

    internal override async Task<Filter<TParent>> ResolveAsync(
        FilterCall call, FilterSource<TParent> parent, Filter<TParent> condition, CancellationToken cancellationToken)
    {
        if (!IsUsed(call.Filters))
        {
            return Filter<TParent>.All;
        }

        var source = new FilterSource<TEntity>(member, call);
        var filter = await call.ResolveAsync(source, call.Filters.Of<TEntity>(member.Index), children, cancellationToken).ConfigureAwait(false);
        if (FilterSource.IsNone(filter) || FilterSource.IsNone(condition))
        {
            return Filter<TParent>.None;
        }

        if (await ParentGoesFirstAsync(parent, condition, source, filter, cancellationToken).ConfigureAwait(false))
        {
            filter &= column.In(await parent.KeysAsync(parentColumn, condition, cancellationToken).ConfigureAwait(false));
        }

        return FilterSource.IsNone(filter)
            ? Filter<TParent>.None
            : parentColumn.In(await source.KeysAsync(column, filter, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Where both sides have conditions, the planners say which leaves fewer rows: that side's keys are fetched first, and narrow the other.
    /// </summary>
    private async Task<bool> ParentGoesFirstAsync(
        FilterSource<TParent> parent, Filter<TParent> condition, FilterSource<TEntity> source, Filter<TEntity> filter, CancellationToken cancellationToken)
    {
        if (FilterSource.IsAll(condition))
        {
            return false;
        }

        var (ofParent, ofMember) = await Together.RunAsync(
            token => parent.EstimateAsync(parentColumn, condition, token),
            token => source.EstimateAsync(column, filter, token),
            cancellationToken).ConfigureAwait(false);
        return ofParent < ofMember;
    }
}
