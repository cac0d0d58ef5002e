using DualDb.Mapping;
using DualDb.Querying;

namespace DualDb;

// What reads rows.
public sealed partial class Query<TEntity, TColumns, TChanges, TTransaction>
{
    /// <summary>The rows. Without <see cref="Take"/> all of them: use <see cref="StreamAsync"/> where they may be many.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="InvalidEntityException">PostgreSQL has no such value as one that is compared with; nothing was sent.</exception>
    public async Task<IReadOnlyList<TEntity>> ToListAsync(CancellationToken cancellationToken = default)
        => _state.MatchesNothing ? [] : await ListAsync("ToListAsync", Selected(), cancellationToken).ConfigureAwait(false);

    /// <summary>The first row, or null. Which one is up to PostgreSQL where no order is given.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<TEntity?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("FirstOrDefaultAsync", 1, cancellationToken).ConfigureAwait(false) is [var first, ..] ? first : null;

    /// <summary>The first row. Which one is up to PostgreSQL where no order is given.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none.</exception>
    public async Task<TEntity> FirstAsync(CancellationToken cancellationToken = default)
        => await AtMostAsync("FirstAsync", 1, cancellationToken).ConfigureAwait(false) is [var first, ..]
            ? first
            : throw UnexpectedRowsException.NoRow(_source.Entity, "FirstAsync", "FirstOrDefaultAsync");

    /// <summary>The only row.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none, or more than one.</exception>
    public async Task<TEntity> SingleAsync(CancellationToken cancellationToken = default)
        => await SingleOrDefaultAsync("SingleAsync", cancellationToken).ConfigureAwait(false)
            ?? throw UnexpectedRowsException.NoRow(_source.Entity, "SingleAsync", "SingleOrDefaultAsync");

    /// <summary>The only row, or null where there is none.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is more than one.</exception>
    public Task<TEntity?> SingleOrDefaultAsync(CancellationToken cancellationToken = default) => SingleOrDefaultAsync("SingleOrDefaultAsync", cancellationToken);

    /// <summary>Whether there is a row.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
    {
        if (_state.MatchesNothing)
        {
            return false;
        }

        var state = Unlocked("AnyAsync") with { Order = [], Take = 1 };
        var text = new SelectText<TEntity>(_source.Facts, state, new FixedSelection<TEntity>("1"), around: "select count(*)");
        return await ScalarAsync("AnyAsync", text, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false) > 0;
    }

    /// <summary>How many rows there are.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        if (_state.MatchesNothing)
        {
            return 0;
        }

        var state = Unlocked("CountAsync");
        var text = state.IsLimited
            ? new SelectText<TEntity>(_source.Facts, state with { Order = [] }, new FixedSelection<TEntity>("1"), around: "select count(*)")
            : new SelectText<TEntity>(_source.Facts, state with { Order = [] }, new FixedSelection<TEntity>("count(*)"));
        return await ScalarAsync("CountAsync", text, static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The rows as they arrive, nothing buffered. One connection stays in use until the enumeration ends, so end it (<c>break</c> does) and do
    /// not wait in its midst. Retried only before the first row.
    /// </summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public IAsyncEnumerable<TEntity> StreamAsync(CancellationToken cancellationToken = default)
        => _state.MatchesNothing
            ? AsyncEnumerable.Empty<TEntity>()
            : _source.StreamAsync("StreamAsync", Selected(), TransactionFor("StreamAsync"), cancellationToken);

    /// <summary>Leaves out results that are alike, once <c>Select</c> has said what results are; whole rows differ in their keys.</summary>
    public Query<TEntity, TColumns, TChanges, TTransaction> Distinct() => With(_state with { IsDistinct = true });

    internal bool MatchesNothing => _state.MatchesNothing;

    /// <summary>What the query reads when its first rows alone are wanted.</summary>
    internal SelectText<TEntity> SelectedFirst(int count)
        => new(_source.Facts, Ordered(_state) with { Take = Math.Min(count, _state.Take ?? count) }, WholeRow<TEntity>.Instance);

    internal Mapping.EntityInfo Entity => _source.Entity;

    internal ValueTask<IReadOnlyList<TEntity>> ReadAsync(string operation, SelectText<TEntity> text, CancellationToken cancellationToken)
        => ListAsync(operation, text, cancellationToken);

    internal SelectText<TEntity> Selected() => new(_source.Facts, Ordered(_state), WholeRow<TEntity>.Instance);

    // Which rows a limit keeps must not be left to chance. Whole rows are distinct without PostgreSQL's sorting them, which json would not let it do.
    private static QueryState<TEntity> Ordered(QueryState<TEntity> state)
    {
        var rows = state.IsDistinct ? state with { IsDistinct = false } : state;
        return rows.IsLimited && rows.Order.Count == 0 ? rows with { Order = TColumns.Key } : rows;
    }

    private ValueTask<IReadOnlyList<TEntity>> ListAsync(string operation, SelectText<TEntity> text, CancellationToken cancellationToken)
        => _source.ListAsync(operation, text, TransactionFor(operation), cancellationToken);

    private async ValueTask<IReadOnlyList<TEntity>> AtMostAsync(string operation, int count, CancellationToken cancellationToken)
    {
        if (_state.MatchesNothing)
        {
            return [];
        }

        // Without an order none is made up: ordering by the key could make PostgreSQL walk its index instead of the filter's.
        return await ListAsync(operation, SelectedFirst(count), cancellationToken).ConfigureAwait(false);
    }

    private async Task<TEntity?> SingleOrDefaultAsync(string operation, CancellationToken cancellationToken)
        => await AtMostAsync(operation, 2, cancellationToken).ConfigureAwait(false) switch
        {
            [] => null,
            [var only] => only,
            _ => throw UnexpectedRowsException.SeveralRows(_source.Entity, operation),
        };

    private async ValueTask<T> ScalarAsync<T>(
        string operation, SelectText<TEntity> text, Func<ResultRow, T> read, CancellationToken cancellationToken)
        => (await _source.ListAsync(operation, text, read, _state.Transaction, cancellationToken).ConfigureAwait(false))[0];

    private DatabaseTransaction? TransactionFor(string operation) => QueryRules.TransactionFor(_source.Entity, _state, operation);

    private QueryState<TEntity> Unlocked(string operation)
    {
        QueryRules.RefuseLock(_source.Entity, _state, operation);
        return Ordered(_state);
    }
}
