using DualDb.Mapping;
using DualDb.Sql;
using DualDb.Sql.Statements;
using Npgsql;

namespace DualDb.Batching;

/// <summary>Calls for rows of one entity by key.</summary>
/// <param name="scope">The scope that they were made in.</param>
/// <param name="executor">Speaks to the database.</param>
/// <param name="fetch">Fetches rows where they are cached; null for a statement.</param>
internal sealed class KeyBatch<TEntity, TKey, TMap>(BatchingScope scope, StatementExecutor executor, RowFetch<TEntity, TKey>? fetch) : Batch(scope)
    where TEntity : class
    where TKey : notnull
    where TMap : struct, IEntityMap<TEntity, TKey>
{
    /// <summary>More keys than this go in several statements: their arrays would otherwise grow without a bound.</summary>
    private const int MostKeys = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, List<BatchedCall<TEntity>>> _calls = [];
    private readonly CancellationTokenSource _abandoned = new();
    private int _waiting;
    private bool _sent;

    /// <summary>Adds a call to the scope's batch, unless it has to go out by itself.</summary>
    public static bool TryAdd(
        BatchingScope scope,
        StatementExecutor executor,
        RowFetch<TEntity, TKey>? fetch,
        TKey key,
        CancellationToken cancellationToken,
        out ValueTask<TEntity?> answer)
    {
        answer = default;

        // A value that its column cannot hold fails its own caller, and what is cancelled already is not begun.
        if (cancellationToken.IsCancellationRequested || !Fits(key))
        {
            return false;
        }

        var call = scope.Add(
            executor,
            (scope, executor) => new KeyBatch<TEntity, TKey, TMap>(scope, executor, fetch),
            (KeyBatch<TEntity, TKey, TMap> batch) => batch.Add(key, cancellationToken));
        if (call is null)
        {
            return false;
        }

        call.Watch();
        answer = new ValueTask<TEntity?>(call.Task);
        return true;
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        lock (_lock)
        {
            _waiting--;
            if (_waiting == 0 && _sent)
            {
                // Elsewhere: this is the thread of whoever cancels.
                _ = _abandoned.CancelAsync();
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task AnswerAsync()
    {
        var rows = new Dictionary<TKey, TEntity>();
        Exception? failure = null;
        try
        {
            await LoadAsync(Send(), rows, _abandoned.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        Scope.Answered();
        BatchingFlow.Hold(static answer => answer.Batch.HandOut(answer.Rows, answer.Failure), (Batch: this, Rows: rows, Failure: failure));
    }

    private static bool Fits(TKey key)
    {
        try
        {
            using var command = new NpgsqlCommand();
            TMap.BindKey(command.Parameters, key);
            return true;
        }
        catch (ColumnValueException)
        {
            return false;
        }
    }

    private BatchedCall<TEntity> Add(TKey key, CancellationToken cancellationToken)
    {
        var call = new BatchedCall<TEntity>(this, cancellationToken);
        lock (_lock)
        {
            _waiting++;
            if (!_calls.TryGetValue(key, out var calls))
            {
                _calls.Add(key, calls = new List<BatchedCall<TEntity>>(1));
            }

            calls.Add(call);
        }

        return call;
    }

    /// <summary>The keys that somebody still waits for. From now on the last caller to give up cancels the statement.</summary>
    private List<TKey> Send()
    {
        lock (_lock)
        {
            _sent = true;
            return [.. _calls.Where(static pair => pair.Value.Exists(static call => call.IsWaiting)).Select(static pair => pair.Key)];
        }
    }

    private async Task LoadAsync(List<TKey> keys, Dictionary<TKey, TEntity> found, CancellationToken cancellationToken)
    {
        if (keys.Count == 1 && fetch is null)
        {
            await LoadOneAsync(keys[0], found, cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var part in keys.Chunk(MostKeys))
        {
            var rows = fetch is not null
                ? await fetch(part, cancellationToken).ConfigureAwait(false)
                : await executor.ExecuteAsync<FindByKeys<TEntity, TKey, TMap>, IReadOnlyList<TEntity>>(
                new(part), transaction: null, cancellationToken).ConfigureAwait(false);
            var unclaimed = false;
            foreach (var row in rows)
            {
                var key = TMap.KeyOf(row);
                unclaimed |= !_calls.ContainsKey(key) || !found.TryAdd(key, row);
            }

            if (!unclaimed)
            {
                continue;
            }

            // The database holds keys for equal that .NET does not (citext, say): which row answers whom only it can tell.
            foreach (var key in part.Where(key => !found.ContainsKey(key)))
            {
                await LoadOneAsync(key, found, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task LoadOneAsync(TKey key, Dictionary<TKey, TEntity> found, CancellationToken cancellationToken)
    {
        var row = await executor.ExecuteAsync<FindByKey<TEntity, TKey, TMap>, TEntity?>(
            new(key, "FindAsync"), transaction: null, cancellationToken).ConfigureAwait(false);
        if (row is not null)
        {
            found[key] = row;
        }
    }

    private void HandOut(Dictionary<TKey, TEntity> rows, Exception? failure)
    {
        foreach (var (key, calls) in _calls)
        {
            foreach (var call in calls)
            {
                if (failure is null)
                {
                    call.Answer(rows.GetValueOrDefault(key));
                }
                else
                {
                    call.Fail(failure);
                }
            }
        }
    }
}
