namespace DualDb.Caching;

// What goes to Redis and comes from it.
internal sealed partial class CacheSpace<TValue>
{
    private SharedSpace? _shared;

    private SharedSpace Shared => _shared ??= new SharedSpace(_core.Redis!.Keys, Subject, Kind, _facts.Schema, Dependencies, _partition);

    /// <summary>
    /// Looks into Redis, and asks for the turn to load: of all nodes one loads while the others wait for what it finds. Null where Redis does not answer.
    /// </summary>
    private async ValueTask<SharedTurn<TValue>?> TakeTurnAsync(Load<TValue> load)
    {
        var redis = _core.Redis!;
        if (await redis.ReadAsync(Shared, [load.Text]).ConfigureAwait(false) is not { } read)
        {
            return null;
        }

        if (Found(load, read, 0) is { } entry)
        {
            return new SharedTurn<TValue>(read.Ticket, entry);
        }

        if (_core.Options.LoadLock <= TimeSpan.Zero)
        {
            return new SharedTurn<TValue>(read.Ticket, Found: null);
        }

        var turn = new LoadTurn(redis, Shared, load.Text, _core.Options.LoadLock);
        try
        {
            return await WaitForTurnAsync(load, turn).ConfigureAwait(false);
        }
        catch
        {
            await turn.EndAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<SharedTurn<TValue>?> WaitForTurnAsync(Load<TValue> load, LoadTurn turn)
    {
        while (await turn.NextAsync(load.Abandoned).ConfigureAwait(false) is { } later)
        {
            if (Found(load, later, 0) is { } published)
            {
                return new SharedTurn<TValue>(later.Ticket, published, turn);
            }

            if (turn.IsOver)
            {
                return new SharedTurn<TValue>(later.Ticket, Found: null, turn);
            }
        }

        await turn.EndAsync().ConfigureAwait(false);
        return null;
    }

    /// <summary>The entry that Redis holds for a key; null where it holds none, one that has expired, or one that cannot be read.</summary>
    private CacheEntry<TValue>? Found(Load<TValue> load, SharedRead read, int index)
    {
        if (read.Payloads[index] is not { } payload)
        {
            return null;
        }

        if (ReferenceEquals(payload, SharedPayload.Unreadable))
        {
            Undecodable(load.Text, "it is none");
            return null;
        }

        var now = _core.Memory.Now();
        try
        {
            // Clocks of nodes differ: nothing is kept longer than it would be here.
            var duration = Within(payload.IsNegative ? _settings.Negative : _settings.Duration).Ticks;
            var expiresAt = Math.Min(payload.ExpiresAt, now + duration + Within(_settings.Jitter).Ticks);
            var refreshAt = _settings.EagerRefreshAt > 0 && !payload.IsNegative ? expiresAt - (long)(duration * (1 - _settings.EagerRefreshAt)) : expiresAt;
            var entry = EntryOf(payload.IsNegative ? null : Decode(payload), load, refreshAt, expiresAt);

            if (entry.Value is not null && _facts.Members is { } members && _core.Redis!.HasOvertaken(members.Of(entry.Value), payload))
            {
                return null;
            }

            // A refresh is not answered with what made it due.
            if (now < expiresAt && !(load.IsRefresh && now >= refreshAt))
            {
                return entry;
            }

            if (now < entry.StaleUntil)
            {
                load.Stale ??= entry;
            }
        }
        catch (PayloadException exception)
        {
            Undecodable(load.Text, exception.Message);
        }

        return null;
    }

    /// <summary>Takes out of Redis what the server has refused to whoever it is kept for: an expired value there would stand in for it as soon as the server is away.</summary>
    private async ValueTask ForgetRefusedAsync(Exception exception, IEnumerable<Load<TValue>> loads)
    {
        if (!UsesRedis || !Refusal.Is(exception))
        {
            return;
        }

        foreach (var load in loads)
        {
            await _core.Redis!.EvaluateAsync(RedisScripts.Forget, [Shared.PayloadKey(load.Text)], []).ConfigureAwait(false);
        }
    }

    private void Undecodable(string text, string reason)
    {
        if (_figures.Undecodable())
        {
            CacheLog.Undecodable(_core.Logger, _facts.Name, Shared.PayloadKey(text), reason);
        }
    }

    private TValue Decode(SharedPayload payload)
    {
        var reader = new PayloadReader(payload.Content);
        TValue value;
        try
        {
            value = _facts.Codec.Decode(ref reader);
        }
        catch (Exception exception) when (exception is not (PayloadException or OutOfMemoryException))
        {
            // What remains are constructors and setters of the model, which refuse what no row holds.
            throw new PayloadException($"It holds values that {_facts.Name} refuses.", exception);
        }

        reader.End();
        return value;
    }

    /// <summary>Offers values to Redis, which takes those that no write has overtaken.</summary>
    private ValueTask PublishAsync(SharedTicket ticket, IReadOnlyList<(Load<TValue> Load, CacheEntry<TValue> Entry)> entries)
    {
        var payloads = new List<SharedFill>(entries.Count);
        foreach (var (load, entry) in entries)
        {
            if (load.IsInvalidated)
            {
                continue;
            }

            var lifetime = TimeSpan.FromTicks(entry.StaleUntil - _core.Memory.Now());
            if (lifetime > TimeSpan.Zero && TryEncode(ticket, load.Text, entry) is { } payload)
            {
                payloads.Add(new SharedFill(load.Text, payload, lifetime));
            }
        }

        return payloads.Count == 0 ? ValueTask.CompletedTask : _core.Redis!.PublishAsync(Shared, ticket, payloads);
    }

    // The value has been kept and given out: that it cannot be shared is no failure of its reading, which would bring the expired one back.
    private byte[]? TryEncode(SharedTicket ticket, string text, CacheEntry<TValue> entry)
    {
        try
        {
            return Encode(ticket, text, entry);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _figures.Skipped();
            return null;
        }
    }

    private byte[]? Encode(SharedTicket ticket, string text, CacheEntry<TValue> entry)
    {
        var writer = new PayloadWriter(256);
        try
        {
            if (entry.Value is not null)
            {
                _facts.Codec.Encode(ref writer, entry.Value);
            }

            if (writer.Written.Length > _core.Options.MaxPayloadBytes)
            {
                _figures.Skipped();
                return null;
            }

            return SharedPayload.Write(ticket, Shared.PayloadKey(text), entry.Value is null, entry.ExpiresAt, writer.Written, _core.Options.CompressAboveBytes);
        }
        finally
        {
            writer.Dispose();
        }
    }
}
