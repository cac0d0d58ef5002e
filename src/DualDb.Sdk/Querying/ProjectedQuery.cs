using DualDb.Querying;

namespace DualDb;

/// <summary>A query that selects some columns, or values of groups. Immutable, as <see cref="Query{TEntity, TColumns, TChanges, TTransaction}"/> is.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TResult">What a row becomes.</typeparam>
public sealed partial class ProjectedQuery<TEntity, TResult>
    where TEntity : class
{
    private readonly QuerySource<TEntity> _source;
    private readonly QueryState<TEntity> _state;
    private readonly Projection<TEntity, TResult> _projection;
    private readonly IReadOnlyList<OrderTerm<TEntity>> _key;
    private readonly GroupClause<TEntity>? _groups;

    internal ProjectedQuery(
        QuerySource<TEntity> source,
        QueryState<TEntity> state,
        Projection<TEntity, TResult> projection,
        IReadOnlyList<OrderTerm<TEntity>> key,
        GroupClause<TEntity>? groups = null)
    {
        _source = source;
        _state = state;
        _projection = projection;
        _key = key;
        _groups = groups;
    }

    /// <summary>Leaves out results that are alike. Rows can then be ordered by selected columns only.</summary>
    /// <exception cref="InvalidOperationException">The query is limited already, which would limit what is distinct, and not the rows that it is made of.</exception>
    public ProjectedQuery<TEntity, TResult> Distinct()
        => !_state.IsLimited
            ? With(_state with { IsDistinct = true })
            : throw new InvalidOperationException($"Distinct of {_source.Entity.Name}: Take and Skip before Distinct would concern other rows than they say. Call them after Distinct.");

    /// <summary>At most so many results. Of two limits the lower counts.</summary>
    /// <param name="count">How many, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    public ProjectedQuery<TEntity, TResult> Take(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(_state with { Take = Math.Min(count, _state.Take ?? count) });
    }

    /// <summary>Leaves out the first results.</summary>
    /// <param name="count">How many, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 0.</exception>
    public ProjectedQuery<TEntity, TResult> Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return With(_state with { Skip = count == 0 ? _state.Skip : checked(count + (_state.Skip ?? 0)) });
    }

    /// <summary>The results.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="RowMappingException">A value does not fit the type it is read into.</exception>
    public Task<IReadOnlyList<TResult>> ToListAsync(CancellationToken cancellationToken = default) => ListAsync("ToListAsync", _state, cancellationToken);

    /// <summary>The first result, or the default value of its type.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<TResult?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("FirstOrDefaultAsync", 1, cancellationToken).ConfigureAwait(false) is [var first, ..] ? first : default;

    /// <summary>The first result.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none.</exception>
    public async Task<TResult> FirstAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("FirstAsync", 1, cancellationToken).ConfigureAwait(false) is [var first, ..]
            ? first
            : throw UnexpectedRowsException.NoRow(_source.Entity, "FirstAsync", "FirstOrDefaultAsync");

    /// <summary>The only result.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none, or more than one.</exception>
    public async Task<TResult> SingleAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("SingleAsync", 2, cancellationToken).ConfigureAwait(false) switch
        {
            [] => throw UnexpectedRowsException.NoRow(_source.Entity, "SingleAsync", "FirstOrDefaultAsync"),
            [var only] => only,
            _ => throw UnexpectedRowsException.SeveralRows(_source.Entity, "SingleAsync"),
        };

    /// <summary>Whether there is a result.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("AnyAsync", 1, cancellationToken).ConfigureAwait(false) is [_, ..];

    /// <summary>How many results there are.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        if (_state.MatchesNothing)
        {
            return 0;
        }

        QueryRules.RefuseLock(_source.Entity, _state, "CountAsync");
        var text = Text(_state, around: "select count(*)");
        var counts = await _source.ListAsync("CountAsync", text, static row => row.GetInt64(0), _state.Transaction, cancellationToken).ConfigureAwait(false);
        return counts[0];
    }

    /// <summary>The results as they arrive, nothing buffered. One connection stays in use until the enumeration ends.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public IAsyncEnumerable<TResult> StreamAsync(CancellationToken cancellationToken = default)
        => _state.MatchesNothing
            ? AsyncEnumerable.Empty<TResult>()
            : _source.StreamAsync("StreamAsync", Text(_state), _projection.Read, Transaction("StreamAsync"), cancellationToken);

    /// <summary>The SQL that <see cref="ToListAsync"/> sends.</summary>
    public string ToSql() => Text(_state).Sql;

    /// <inheritdoc cref="ToSql"/>
    public override string ToString() => ToSql();

    private ProjectedQuery<TEntity, TResult> With(QueryState<TEntity> state) => new(_source, state, _projection, _key, _groups);

    private Task<IReadOnlyList<TResult>> AtMostAsync(string operation, int count, CancellationToken cancellationToken)
        => ListAsync(operation, _state with { Take = Math.Min(count, _state.Take ?? count) }, cancellationToken);

    // Grouping nothing gives no groups; so nothing need be sent then either.
    private async Task<IReadOnlyList<TResult>> ListAsync(string operation, QueryState<TEntity> state, CancellationToken cancellationToken)
        => state.MatchesNothing
            ? []
            : await _source.ListAsync(operation, Text(state), _projection.Read, Transaction(operation), cancellationToken).ConfigureAwait(false);

    private DatabaseTransaction? Transaction(string operation) => QueryRules.TransactionFor(_source.Entity, _state, operation, canLock: _groups is null && !_state.IsDistinct);

    private SelectText<TEntity> Text(QueryState<TEntity> state, string? around = null)
    {
        QueryRules.RequireSelectedOrder(_source.Entity, state, _projection.Operands);

        // Which rows a limit keeps must not be left to chance.
        var ordered = _state.IsLimited && state.Order.Count == 0 && !state.IsDistinct && _groups is null ? state with { Order = _key } : state;
        return new SelectText<TEntity>(_source.Facts, ordered, new OperandSelection<TEntity>(_projection.Operands), around: around, groups: _groups);
    }
}
