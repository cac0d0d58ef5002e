using DualDb.Mapping;
using System.Text.Json;
using DualDb.Querying;
using Npgsql;

namespace DualDb.Views;

/// <summary>Asks for the keys that the rows of a member hold.</summary>
internal sealed class FilterSource<TEntity>(ViewMember<TEntity> member, FilterCall call)
    where TEntity : class
{
    private readonly QuerySource<TEntity> _source = member.SourceIn(call.Databases);

    /// <summary>The keys that rows hold, each once.</summary>
    public Task<IReadOnlyList<TKey>> KeysAsync<TKey>(LinkColumn<TEntity, TKey> column, Filter<TEntity> filter, CancellationToken cancellationToken)
        where TKey : notnull
        => ReadAsync(column.Select(_source.Facts, filter), column.Read, cancellationToken);

    /// <summary>How many keys the planner expects; it looks at its statistics, not at rows.</summary>
    public async Task<double> EstimateAsync<TKey>(LinkColumn<TEntity, TKey> column, Filter<TEntity> filter, CancellationToken cancellationToken)
        where TKey : notnull
    {
        var plan = await ReadAsync(new ExplainText<TEntity>(column.Select(_source.Facts, filter)), static row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(plan[0]);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetDouble();
    }

    private async Task<IReadOnlyList<TResult>> ReadAsync<TResult>(
        QueryText<TEntity> text, Func<ResultRow, TResult> read, CancellationToken cancellationToken)
    {
        try
        {
            return await _source.ListAsync(call.Operation, text, read, transaction: null, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception) when (exception is not InvalidEntityException)
        {
            throw new ViewMemberFailedException(call.View, member.Name, member.Entity.Database, exception);
        }
    }
}

internal static class FilterSource
{
    public static bool IsAll<TEntity>(Filter<TEntity> filter)
        where TEntity : class
        => filter is Constant<TEntity> { Value: true };

    public static bool IsNone<TEntity>(Filter<TEntity> filter)
        where TEntity : class
        => filter is Constant<TEntity> { Value: false };
}
