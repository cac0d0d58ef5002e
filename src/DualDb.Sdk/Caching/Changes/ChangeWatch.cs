using System.Text;
using DualDb.ChangeLog;
using Microsoft.Extensions.Logging;

namespace DualDb.Caching;

/// <summary>
/// Reads the changes that anybody makes to the watched tables of one database, and invalidates what they touch, on this node and in Redis. It asks now and then instead of being
/// told: a notification within the writer's transaction would make all writers wait for each other when they commit.
/// </summary>
internal sealed class ChangeWatch
{
    private const int ChangesAtOnce = 1_000;

    private static readonly TimeSpan PurgeInterval = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(5);

    private readonly CacheCore _core;
    private readonly PostgresDatabase _database;
    private readonly ChangeLogReader _reader;
    private readonly List<IWatchedTable> _tables = [];
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _disposed;
    private int _isStarted;
    private long _saved;
    private long _purged = Environment.TickCount64;

    public ChangeWatch(CacheCore core, PostgresDatabase database, CancellationToken disposed)
    {
        _core = core;
        _database = database;
        _reader = new ChangeLogReader(database);
        _disposed = disposed;
    }

    public PostgresDatabase Database => _database;

    public IReadOnlyList<IWatchedTable> Tables => _tables;

    /// <summary>Watches another table; before the first use.</summary>
    public void Add(IWatchedTable table) => _tables.Add(table);

    /// <summary>Begins, and waits until it is known from where on changes are read: what is cached from then on falls with them.</summary>
    public ValueTask ReadyAsync()
    {
        if (_firstAttempt.Task.IsCompleted)
        {
            return ValueTask.CompletedTask;
        }

        if (Interlocked.Exchange(ref _isStarted, 1) == 0)
        {
            // Nobody's flow: neither a caller's activity nor its batching scope.
            using (ExecutionContext.SuppressFlow())
            {
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return new ValueTask(_firstAttempt.Task);
    }

    private async Task RunAsync()
    {
        ChangeLogPosition? position = null;
        var isTold = false;
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                position = position is null ? await BeginAsync().ConfigureAwait(false) : await AdvanceAsync(position).ConfigureAwait(false);
                isTold = false;
            }
            catch (Exception exception)
            {
                if (!isTold && !_disposed.IsCancellationRequested)
                {
                    CacheLog.ChangesLost(_core.Logger, _database.Kind, exception.Message);
                    isTold = true;
                }
            }

            _firstAttempt.TrySetResult();
            await Task.Delay(_core.Options.ChangePollInterval, _disposed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _firstAttempt.TrySetResult();
    }

    /// <summary>
    /// Where any node has come to, since what Redis holds has been told of changes up to there; the present where nobody knows, and then everything from before is in doubt.
    /// </summary>
    private async Task<ChangeLogPosition> BeginAsync()
    {
        if (await LoadAsync().ConfigureAwait(false) is { } known)
        {
            return await AdvanceAsync(known).ConfigureAwait(false);
        }

        var present = await _reader.BeginAsync(_disposed).ConfigureAwait(false);
        await DropAsync().ConfigureAwait(false);
        await SaveAsync(present).ConfigureAwait(false);
        return present;
    }

    /// <summary>Reads and applies all that is there.</summary>
    private async Task<ChangeLogPosition> AdvanceAsync(ChangeLogPosition position)
    {
        bool hasMore;
        do
        {
            var page = await _reader.ReadAsync(position, ChangesAtOnce, _disposed).ConfigureAwait(false);
            if (page.Gap != ChangeLogGap.None)
            {
                await DropAsync().ConfigureAwait(false);
            }

            await ApplyAsync(page.Changes).ConfigureAwait(false);
            position = page.Position;
            hasMore = page.HasMore;
            if (page.Changes.Count > 0 || Environment.TickCount64 - _saved > SaveInterval.TotalMilliseconds)
            {
                await SaveAsync(position).ConfigureAwait(false);
            }
        }
        while (hasMore);

        await PurgeAsync().ConfigureAwait(false);
        return position;
    }

    private async ValueTask ApplyAsync(IReadOnlyList<LoggedChange> changes)
    {
        foreach (var transaction in changes.GroupBy(static change => change.Transaction))
        {
            var touched = new Invalidation();
            foreach (var change in transaction)
            {
                foreach (var table in _tables)
                {
                    if (string.Equals(table.Entity.Schema, change.Schema, StringComparison.Ordinal) && string.Equals(table.Entity.Table, change.Table, StringComparison.Ordinal))
                    {
                        Add(table, touched, change);
                    }
                }
            }

            // Every node reads the same changes: the first to do so writes them to the log.
            await _core.InvalidateAsync(touched, once: $"{_database.Name}:{transaction.Key}:{transaction.First().Id}").ConfigureAwait(false);
        }
    }

    // One change that cannot be read must not hold up all that come after it.
    private static void Add(IWatchedTable table, Invalidation touched, LoggedChange change)
    {
        try
        {
            table.Add(touched, change);
        }
        catch (Exception)
        {
            table.AddAll(touched);
        }
    }

    private ValueTask DropAsync()
    {
        var all = new Invalidation();
        foreach (var table in _tables)
        {
            table.AddAll(all);
        }

        return _core.InvalidateAsync(all);
    }

    private async ValueTask PurgeAsync()
    {
        if (Environment.TickCount64 - _purged > PurgeInterval.TotalMilliseconds)
        {
            _purged = Environment.TickCount64;
            await new ChangeLogPurge(_database).RunAsync(_core.Options.ChangeRetention, _disposed).ConfigureAwait(false);
        }
    }

    private async ValueTask<ChangeLogPosition?> LoadAsync()
    {
        if (_core.Redis is not { } redis)
        {
            return null;
        }

        await redis.ReadyAsync().ConfigureAwait(false);
        var answer = await redis.EvaluateAsync(RedisScripts.Get, [redis.Keys.ChangesOf(_database.Kind)], []).ConfigureAwait(false);
        try
        {
            return answer is [{ Length: > 0 } bytes] ? ChangeLogPosition.Parse(Encoding.UTF8.GetString(bytes)) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private async ValueTask SaveAsync(ChangeLogPosition position)
    {
        _saved = Environment.TickCount64;
        if (_core.Redis is { } redis && position.Reading is null)
        {
            await redis.EvaluateAsync(RedisScripts.Set, [redis.Keys.ChangesOf(_database.Kind)], [Encoding.UTF8.GetBytes(position.ToString())]).ConfigureAwait(false);
        }
    }
}
