using DualDb.AspNetCore.Dashboard.Sections;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard.Live;

/// <summary>What one address shows, read once for all who look at it. While nobody does, nothing runs.</summary>
internal sealed class Feed
{
    private readonly Lock _lock = new();
    private readonly List<Viewer> _viewers = [];
    private readonly IReadOnlyList<PartReader> _parts;
    private readonly TimeSpan _every;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private Task<Snapshot>? _reading;
    private long _readAt;
    private bool _isRunning;
    private bool _isOutdated;
    private bool _isWaiting;

    public Feed(IReadOnlyList<DashboardPart> parts, DashboardOptions options, TimeProvider time, ILogger logger, CancellationToken stopping)
    {
        _parts = [.. parts.Select(part => new PartReader(part, options.PartTimeout, time, logger))];
        (_every, _time, _stopping) = (options.RefreshEvery, time, stopping);
    }

    /// <summary>Whether it can be forgotten.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _viewers.Count == 0 && !_isRunning && _reading is not { IsCompleted: false } && (_readAt == 0 || _time.GetElapsedTime(_readAt) > _every);
            }
        }
    }

    /// <summary>Something was done: what was read before, or is being read, does not show it. Whoever acts and is led back to the page must see what came of it.</summary>
    public void Outdate()
    {
        lock (_lock)
        {
            _isOutdated = true;
        }
    }

    /// <summary>The page as it is now: no older than an interval, and no older than what was last done.</summary>
    public Task<Snapshot> PresentAsync()
    {
        lock (_lock)
        {
            var isFresh = !_isOutdated && _reading is { IsCompletedSuccessfully: true } && _time.GetElapsedTime(_readAt) < _every;
            return isFresh ? _reading! : JoinReading();
        }
    }

    /// <summary>Begins to give pages to somebody.</summary>
    public void Join(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Add(viewer);
            if (!_isRunning)
            {
                _isRunning = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }
    }

    public void Leave(Viewer viewer)
    {
        lock (_lock)
        {
            _viewers.Remove(viewer);
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_every, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping).ConfigureAwait(false))
            {
                Task<Snapshot> reading;
                lock (_lock)
                {
                    if (_viewers.Count == 0)
                    {
                        _isRunning = false;
                        return;
                    }

                    reading = JoinReading();
                }

                Give(await reading.ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private void Give(Snapshot page)
    {
        lock (_lock)
        {
            _viewers.RemoveAll(viewer => !viewer.Give(page));
        }
    }

    private Task<Snapshot> JoinReading()
    {
        // One that has not begun to read yet sees what was done until it does.
        if (_reading is { IsCompleted: false } && (!_isOutdated || _isWaiting))
        {
            _isOutdated = false;
            return _reading;
        }

        (_isOutdated, _isWaiting) = (false, true);
        return _reading = ReadAsync(_reading is { IsCompleted: false } ? _reading : null);
    }

    private async Task<Snapshot> ReadAsync(Task<Snapshot>? before)
    {
        await Task.Yield();
        if (before is not null)
        {
            // A part is not read twice at once.
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        lock (_lock)
        {
            _isWaiting = false;
        }

        var parts = await Task.WhenAll(_parts.Select(part => part.ReadAsync(_stopping))).ConfigureAwait(false);
        Volatile.Write(ref _readAt, _time.GetTimestamp());
        return new Snapshot(parts, _time.GetUtcNow());
    }
}
