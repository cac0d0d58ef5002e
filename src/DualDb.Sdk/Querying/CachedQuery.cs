using DualDb.Caching;
using DualDb.Querying;
using Npgsql;

namespace DualDb;

/// <summary>A query whose result is kept: <c>db.Orders.Where(o => o.Status == OrderStatus.Paid).Cached().ToListAsync()</c>.</summary>
/// <typeparam name="TEntity">The entity.</typeparam>
/// <typeparam name="TColumns">Its columns.</typeparam>
/// <typeparam name="TChanges">What an update of it sets.</typeparam>
/// <typeparam name="TTransaction"><see cref="NeonTransaction"/> or <see cref="SupabaseTransaction"/>.</typeparam>
public sealed class CachedQuery<TEntity, TColumns, TChanges, TTransaction>
    where TEntity : class
    where TColumns : struct, IColumns<TEntity>
    where TChanges : Changes<TEntity, TColumns, TChanges>, new()
    where TTransaction : DatabaseTransaction
{
    private readonly Query<TEntity, TColumns, TChanges, TTransaction> _query;
    private readonly QuerySpaces<TEntity>? _spaces;
    private readonly UserEntries? _user;

    internal CachedQuery(Query<TEntity, TColumns, TChanges, TTransaction> query, QuerySpaces<TEntity>? spaces, UserEntries? user)
    {
        _query = query;
        _spaces = spaces;
        _user = user;
    }

    /// <summary>The rows. The list is shared by all callers and cannot be changed.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<TEntity>> ToListAsync(CancellationToken cancellationToken = default)
        => await RowsAsync("ToListAsync", _query.Selected(), cancellationToken).ConfigureAwait(false);

    /// <summary>The first row, or null.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<TEntity?> FirstOrDefaultAsync(CancellationToken cancellationToken = default)
        => await RowsAsync("FirstOrDefaultAsync", _query.SelectedFirst(1), cancellationToken).ConfigureAwait(false) is [var first, ..] ? first : null;

    /// <summary>The first row.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none.</exception>
    public async Task<TEntity> FirstAsync(CancellationToken cancellationToken = default)
        => await RowsAsync("FirstAsync", _query.SelectedFirst(1), cancellationToken).ConfigureAwait(false) is [var first, ..]
            ? first
            : throw UnexpectedRowsException.NoRow(_query.Entity, "FirstAsync", "FirstOrDefaultAsync");

    /// <summary>The only row, or null where there is none.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is more than one.</exception>
    public async Task<TEntity?> SingleOrDefaultAsync(CancellationToken cancellationToken = default)
        => await RowsAsync("SingleOrDefaultAsync", _query.SelectedFirst(2), cancellationToken).ConfigureAwait(false) switch
        {
            [] => null,
            [var only] => only,
            _ => throw UnexpectedRowsException.SeveralRows(_query.Entity, "SingleOrDefaultAsync"),
        };

    /// <summary>The only row.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <exception cref="UnexpectedRowsException">There is none, or more than one.</exception>
    public async Task<TEntity> SingleAsync(CancellationToken cancellationToken = default)
        => await SingleOrDefaultAsync(cancellationToken).ConfigureAwait(false)
            ?? throw UnexpectedRowsException.NoRow(_query.Entity, "SingleAsync", "SingleOrDefaultAsync");

    /// <summary>How many rows there are.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<long> CountAsync(CancellationToken cancellationToken = default)
    {
        if (_spaces is null || _query.MatchesNothing)
        {
            return await _query.CountAsync(cancellationToken).ConfigureAwait(false);
        }

        if (TextOf(_query.Selected()) is not { } key)
        {
            return await _query.CountAsync(cancellationToken).ConfigureAwait(false);
        }

        var count = await ReadAsync(
            _spaces.Counts,
            key,
            async token => new RowCount(await _query.CountAsync(token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
        return count!.Value;
    }

    /// <summary>Whether there is a row.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken = default)
        => (await RowsAsync("AnyAsync", _query.SelectedFirst(1), cancellationToken).ConfigureAwait(false)).Count > 0;

    private async ValueTask<IReadOnlyList<TEntity>> RowsAsync(string operation, SelectText<TEntity> text, CancellationToken cancellationToken)
    {
        if (_query.MatchesNothing)
        {
            return [];
        }

        return _spaces is null || TextOf(text) is not { } key
            ? await _query.ReadAsync(operation, text, cancellationToken).ConfigureAwait(false)
            : await ReadAsync(
                _spaces.Rows,
                key,
                async token => FixedList.Of(await _query.ReadAsync(operation, text, token).ConfigureAwait(false)),
                cancellationToken).ConfigureAwait(false) ?? [];
    }

    private ValueTask<TValue?> ReadAsync<TValue>(
        CacheSpace<TValue> space, string key, Func<CancellationToken, ValueTask<TValue?>> source, CancellationToken cancellationToken)
        where TValue : class
        => _user is null
            ? space.ReadAsync(key, source, cancellationToken)
            : _user.ReadAsync(read => space.Of(read.Partition).ReadAsync(key, token => read.CheckedAsync(source(token)), cancellationToken), cancellationToken);

    /// <summary>What tells the query from all others; null where a value has no text that does so, and the result is then not kept.</summary>
    private static string? TextOf(SelectText<TEntity> text)
    {
        using var command = new NpgsqlCommand();
        text.Bind(command.Parameters);
        return !QueryFingerprint.IsExact(command.Parameters) ? null : Convert.ToHexString(QueryFingerprint.Whole(text.Sql, command.Parameters));
    }
}
