using System.Numerics;
using DualDb.Querying;

namespace DualDb;

// What is computed over all rows.
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
{
    /// <summary>The sum of a column; 0 of no rows. NULL counts as 0.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="RowMappingException">The sum does not fit the type of the column; sum up <c>ToInt64()</c> or <c>ToDecimal()</c> of it.</exception>
    public Task<T> SumAsync<T>(Func<TColumns, Column<TEntity, T>> column, CancellationToken cancellationToken = default)
        where T : struct, INumber<T>
        => AggregateAsync("SumAsync", Operand(column), Aggregate.Sum, cancellationToken);

    /// <inheritdoc cref="SumAsync{T}(Func{TColumns, Column{TEntity, T}}, CancellationToken)"/>
    public Task<T> SumAsync<T>(Func<TColumns, Column<TEntity, T?>> column, CancellationToken cancellationToken = default)
        where T : struct, INumber<T>
        => AggregateAsync("SumAsync", Operand(column), Aggregate.Sum, cancellationToken);

    /// <summary>The average of a column, rounded to 9 digits behind the point; null where no row has a value.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<decimal?> AverageAsync<T>(Func<TColumns, Column<TEntity, T>> column, CancellationToken cancellationToken = default)
        where T : struct, INumber<T>
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.Average, cancellationToken);

    /// <inheritdoc cref="AverageAsync{T}(Func{TColumns, Column{TEntity, T}}, CancellationToken)"/>
    public Task<decimal?> AverageAsync<T>(Func<TColumns, Column<TEntity, T?>> column, CancellationToken cancellationToken = default)
        where T : struct, INumber<T>
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.Average, cancellationToken);

    /// <summary>The average of a column; null where no row has a value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<double?> AverageAsync(Func<TColumns, Column<TEntity, double>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.AverageOfDoubles, cancellationToken);

    /// <inheritdoc cref="AverageAsync(Func{TColumns, Column{TEntity, double}}, CancellationToken)"/>
    public Task<double?> AverageAsync(Func<TColumns, Column<TEntity, double?>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.AverageOfDoubles, cancellationToken);

    /// <inheritdoc cref="AverageAsync(Func{TColumns, Column{TEntity, double}}, CancellationToken)"/>
    public Task<double?> AverageAsync(Func<TColumns, Column<TEntity, float>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.AverageOfDoubles, cancellationToken);

    /// <inheritdoc cref="AverageAsync(Func{TColumns, Column{TEntity, double}}, CancellationToken)"/>
    public Task<double?> AverageAsync(Func<TColumns, Column<TEntity, float?>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("AverageAsync", Operand(column), Aggregate.AverageOfDoubles, cancellationToken);

    /// <summary>The least value of a column; null where no row has one.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<T?> MinAsync<T>(Func<TColumns, Column<TEntity, T>> column, CancellationToken cancellationToken = default)
        where T : struct
        => AggregateAsync("MinAsync", new NullableOperand<TEntity, T>(Operand(column)), Aggregate.Least, cancellationToken);

    /// <inheritdoc cref="MinAsync{T}(Func{TColumns, Column{TEntity, T}}, CancellationToken)"/>
    public Task<T?> MinAsync<T>(Func<TColumns, Column<TEntity, T?>> column, CancellationToken cancellationToken = default)
        where T : struct
        => AggregateAsync("MinAsync", Operand(column), Aggregate.Least, cancellationToken);

    /// <summary>The greatest value of a column; null where no row has one.</summary>
    /// <typeparam name="T">The type of the column.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<T?> MaxAsync<T>(Func<TColumns, Column<TEntity, T>> column, CancellationToken cancellationToken = default)
        where T : struct
        => AggregateAsync("MaxAsync", new NullableOperand<TEntity, T>(Operand(column)), Aggregate.Greatest, cancellationToken);

    /// <inheritdoc cref="MaxAsync{T}(Func{TColumns, Column{TEntity, T}}, CancellationToken)"/>
    public Task<T?> MaxAsync<T>(Func<TColumns, Column<TEntity, T?>> column, CancellationToken cancellationToken = default)
        where T : struct
        => AggregateAsync("MaxAsync", Operand(column), Aggregate.Greatest, cancellationToken);

// A column of string and one of string? must both do, without a warning: the compiler is told nothing of null here.
#nullable disable
    /// <summary>The first text in the order of the database's collation; null where no row has one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<string> MinAsync(Func<TColumns, Column<TEntity, string>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("MinAsync", Operand(column), Aggregate.Least, cancellationToken);

    /// <summary>The last text in the order of the database's collation; null where no row has one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<string> MaxAsync(Func<TColumns, Column<TEntity, string>> column, CancellationToken cancellationToken = default)
        => AggregateAsync("MaxAsync", Operand(column), Aggregate.Greatest, cancellationToken);
#nullable restore

    private async Task<TResult> AggregateAsync<TSource, TResult>(
        string operation, TSource source, Func<TSource, Operand<TEntity, TResult>> aggregate, CancellationToken cancellationToken)
        where TSource : Operand<TEntity>
    {
        var state = Unlocked(operation);
        if (state.MatchesNothing)
        {
            return default!;
        }

        var operand = aggregate(source);
        if (!state.IsLimited)
        {
            return await ReadAsync(new OperandSelection<TEntity>([operand]), state with { Order = [] }).ConfigureAwait(false);
        }

        // A limit concerns the rows, and not the one row that is computed from them.
        var whole = (AggregateOperand<TEntity, TResult>)operand;
        return await ReadAsync(new NamedSelection<TEntity>(whole.Source), state, whole.Around).ConfigureAwait(false);

        async Task<TResult> ReadAsync(Selection<TEntity> selection, QueryState<TEntity> rows, string? around = null)
            => await ScalarAsync(
                operation, new SelectText<TEntity>(_source.Facts, rows, selection, around: around), row => operand.Codec.Read(row, 0), cancellationToken).ConfigureAwait(false);
    }
}
