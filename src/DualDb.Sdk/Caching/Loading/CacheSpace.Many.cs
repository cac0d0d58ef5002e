using System.Runtime.ExceptionServices;

namespace DualDb.Caching;

// Many keys at once: memory, one look into Redis, one reading for the rest.
internal sealed partial class CacheSpace<TValue>
{
    /// <summary>The values of many keys, in their order; null where there is none.</summary>
    /// <param name="texts">The texts of the keys.</param>
    /// <param name="source">Reads those at some places from the databases, in one statement, in the order of the places.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public async ValueTask<TValue?[]> GetManyAsync(
        IReadOnlyList<string> texts, Func<IReadOnlyList<int>, CancellationToken, ValueTask<TValue?[]>> source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isPassedBy)
        {
            return await source([.. Enumerable.Range(0, texts.Count)], cancellationToken).ConfigureAwait(false);
        }

        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var values = new TValue?[texts.Count];
        var waiting = new List<(int Place, Load<TValue> Load)>();
        var own = new List<(int Place, Load<TValue> Load)>();
        for (var place = 0; place < texts.Count; place++)
        {
            var load = Join(texts[place], out var begins, out var entry);
            if (load is null)
            {
                _figures.MemoryHit();
                values[place] = Given(entry!.Value);
                continue;
            }

            waiting.Add((place, load));
            if (begins)
            {
                own.Add((place, load));
            }
        }

        if (own.Count > 0)
        {
            _ = RunManyAsync(own, source);
        }

        await WaitForAllAsync(waiting, values, cancellationToken).ConfigureAwait(false);
        return values;
    }

    private async ValueTask WaitForAllAsync(List<(int Place, Load<TValue> Load)> waiting, TValue?[] values, CancellationToken cancellationToken)
    {
        var began = _core.TimeProvider.GetTimestamp();
        ExceptionDispatchInfo? failure = null;
        foreach (var (place, load) in waiting)
        {
            // The others are waited for as well, and left where the caller has given up: nobody else would do so for this caller.
            try
            {
                values[place] = Given(await WaitAsync(load, began, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception exception)
            {
                failure ??= ExceptionDispatchInfo.Capture(exception);
            }
        }

        failure?.Throw();
    }

    private async Task RunManyAsync(List<(int Place, Load<TValue> Load)> loads, Func<IReadOnlyList<int>, CancellationToken, ValueTask<TValue?[]>> source)
    {
        var missing = loads;
        try
        {
            SharedTicket? ticket = null;
            if (await LookAsync(loads).ConfigureAwait(false) is { } read)
            {
                ticket = read.Ticket;
                missing = KeepFound(loads, read);
            }

            if (missing.Count == 0)
            {
                return;
            }

            using var abandoned = new AbandonedLoads<TValue>(missing.Select(static load => load.Load));
            var values = await ReadSourceAsync(token => source([.. missing.Select(static load => load.Place)], token), abandoned.Token).ConfigureAwait(false);
            var kept = KeepLoaded(missing, values);
            if (ticket is { } current)
            {
                await PublishAsync(current, kept).ConfigureAwait(false);
            }
        }
        catch (Exception exception)
        {
            foreach (var (_, load) in missing)
            {
                load.End(Failed(load, exception));
            }

            await ForgetRefusedAsync(exception, missing.Select(static load => load.Load)).ConfigureAwait(false);
        }
    }

    private ValueTask<SharedRead?> LookAsync(List<(int Place, Load<TValue> Load)> loads)
        => UsesRedis ? _core.Redis!.ReadAsync(Shared, [.. loads.Select(static load => load.Load.Text)]) : ValueTask.FromResult<SharedRead?>(null);

    private List<(int Place, Load<TValue> Load)> KeepFound(List<(int Place, Load<TValue> Load)> loads, SharedRead read)
    {
        var missing = new List<(int, Load<TValue>)>();
        for (var index = 0; index < loads.Count; index++)
        {
            var load = loads[index].Load;
            if (Found(load, read, index) is { } entry)
            {
                Keep(load, entry);
                load.End(new LoadOutcome<TValue>(entry.Value, Origin: LoadOrigin.Redis));
            }
            else
            {
                missing.Add(loads[index]);
            }
        }

        return missing;
    }

    private List<(Load<TValue> Load, CacheEntry<TValue> Entry)> KeepLoaded(List<(int Place, Load<TValue> Load)> loads, TValue?[] values)
    {
        var kept = new List<(Load<TValue>, CacheEntry<TValue>)>(loads.Count);
        for (var index = 0; index < loads.Count; index++)
        {
            var load = loads[index].Load;
            var entry = NewEntry(values[index], load);
            if (Keep(load, entry))
            {
                kept.Add((load, entry));
            }

            load.End(new LoadOutcome<TValue>(values[index]));
        }

        return kept;
    }
}
