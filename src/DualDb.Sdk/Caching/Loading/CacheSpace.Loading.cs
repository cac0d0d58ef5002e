using System.Diagnostics;

namespace DualDb.Caching;

// How readings run and what is kept of them.
internal sealed partial class CacheSpace<TValue>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3_650);

    private bool UsesRedis => _settings.L2 && _core.Redis is not null;

    /// <summary>One reading, from its beginning to its end. Never fails: the outcome says why there is no value.</summary>
    private async Task RunAsync(Load<TValue> load, Func<CancellationToken, ValueTask<TValue?>> source)
    {
        SharedTurn<TValue>? turn = null;
        try
        {
            // Without Redis the source is called before anything is waited for, so that a batching scope still sees its caller.
            turn = UsesRedis ? await TakeTurnAsync(load).ConfigureAwait(false) : null;
            if (turn is { Found: { } found })
            {
                Keep(load, found);
                load.End(new LoadOutcome<TValue>(found.Value, Origin: LoadOrigin.Redis));
                return;
            }

            var value = await ReadSourceAsync(source, load.Abandoned).ConfigureAwait(false);
            var entry = NewEntry(value, load);
            var isKept = Keep(load, entry);
            load.End(new LoadOutcome<TValue>(value));
            if (isKept && turn is not null)
            {
                await PublishAsync(turn.Ticket, [(load, entry)]).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            load.End(Failed(load, exception));
            await ForgetRefusedAsync(exception, [load]).ConfigureAwait(false);
        }
        finally
        {
            if (turn is not null)
            {
                await turn.EndAsync().ConfigureAwait(false);
            }
        }
    }

    private async ValueTask<T> ReadSourceAsync<T>(Func<CancellationToken, ValueTask<T>> source, CancellationToken abandoned)
    {
        using var activity = LoadActivity.Start(_facts.Name, _facts.Kind);
        var began = Stopwatch.GetTimestamp();
        try
        {
            var value = await source(abandoned).ConfigureAwait(false);
            _figures.Loaded(Stopwatch.GetElapsedTime(began), succeeded: true);
            return value;
        }
        catch (Exception exception)
        {
            LoadActivity.Failed(activity, exception);
            _figures.Loaded(Stopwatch.GetElapsedTime(began), succeeded: false);
            throw;
        }
    }

    /// <summary>Keeps a value in memory, unless a write has come since its reading began.</summary>
    private bool Keep(Load<TValue> load, CacheEntry<TValue> entry)
    {
        var stripe = _core.Loads[load.Key];
        lock (stripe.Lock)
        {
            stripe.Remove(load.Key, load);
            if (!IsCurrent(load) || !IsCurrent(entry))
            {
                _figures.Discarded();
                return false;
            }

            if (entry.Value is not null && !_facts.IsWhole(entry.Value))
            {
                return false;
            }

            if (_settings.L1)
            {
                _core.Memory.Set(load.Key, entry, _figures);
            }

            return true;
        }
    }

    /// <summary>Lets an expired value stand in for what could not be read; but not where a write has come since, and not for what may not be read any more.</summary>
    private LoadOutcome<TValue> Failed(Load<TValue> load, Exception exception)
    {
        var stripe = _core.Loads[load.Key];
        lock (stripe.Lock)
        {
            stripe.Remove(load.Key, load);
            if (Refusal.Is(exception))
            {
                _core.Memory.Remove(load.Key);
                return new LoadOutcome<TValue>(null, exception);
            }

            // Under other claims the caller reads anew.
            if (exception is OperationCanceledException or ClaimsChangedException || load.Stale is not { } stale || !IsCurrent(load) || !IsCurrent(stale))
            {
                return new LoadOutcome<TValue>(null, exception);
            }

            var now = _core.Memory.Now();
            if (now >= stale.StaleUntil)
            {
                return new LoadOutcome<TValue>(null, exception);
            }

            if (_settings.L1)
            {
                var until = Math.Min(now + Within(_settings.FailSafeThrottle).Ticks, stale.StaleUntil);
                _core.Memory.Set(load.Key, stale with { RefreshAt = until, ExpiresAt = Math.Max(until, stale.ExpiresAt) }, _figures);
            }

            return new LoadOutcome<TValue>(stale.Value, Origin: LoadOrigin.Stale);
        }
    }

    private CacheEntry<TValue> NewEntry(TValue? value, Load<TValue> load)
    {
        var now = _core.Memory.Now();
        var duration = Within(value is null ? _settings.Negative : _settings.Duration).Ticks;
        if (_settings.Jitter > TimeSpan.Zero)
        {
            duration += Random.Shared.NextInt64(Within(_settings.Jitter).Ticks + 1);
        }

        var refresh = _settings.EagerRefreshAt > 0 && value is not null ? (long)(duration * _settings.EagerRefreshAt) : duration;
        return EntryOf(value, load, now + refresh, now + duration);
    }

    private CacheEntry<TValue> EntryOf(TValue? value, Load<TValue> load, long refreshAt, long expiresAt)
        => new(
            value,
            Size: (long)_settings.Size * Math.Max(1, value is null ? 1 : _facts.Count(value)),
            load.Generation,
            refreshAt,
            expiresAt,
            StaleUntil: expiresAt + (value is null ? 0 : Within(_settings.FailSafe).Ticks))
        {
            Places = PlacesOf(load.Text, value),
            Stamp = load.Stamp,
        };

    private static TimeSpan Within(TimeSpan time) => time < Longest ? time : Longest;
}
