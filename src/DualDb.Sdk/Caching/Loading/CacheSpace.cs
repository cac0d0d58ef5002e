using System.Diagnostics;

namespace DualDb.Caching;

/// <summary>Entries of one kind: the rows of an entity by key, say, or its lists by a reference.</summary>
internal abstract class CacheSpace(string subject, string kind)
{
    /// <summary>The table with its database, or the view.</summary>
    public string Subject => subject;

    /// <summary>The columns that entries are found by; empty for the key.</summary>
    public string Kind => kind;

    /// <summary>Forgets an entry, and sees to it that a reading under way is not kept.</summary>
    public abstract void Invalidate(string text);
}

/// <summary>Entries of one kind, by the type of their values: reads through memory and Redis to the source.</summary>
internal sealed partial class CacheSpace<TValue> : CacheSpace
    where TValue : class
{
    /// <summary>What a timer takes; nobody notices the difference to a longer one.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(30);

    private readonly CacheCore _core;
    private readonly MemoryStore _memory;
    private readonly SpaceFacts<TValue> _facts;
    private readonly CacheSettings _settings;
    private readonly CacheFigures _figures;
    private readonly string _lead;

    /// <summary>Whose entries these are; null where they are everybody's.</summary>
    private readonly string? _partition;

    /// <summary>Whether nothing is looked for here, and nothing kept.</summary>
    private readonly bool _isPassedBy;

    /// <summary>When what entries hold was written; null where they fall by their keys alone.</summary>
    private readonly RowStamps? _stamps;

    public CacheSpace(CacheCore core, SpaceFacts<TValue> facts, CacheSettings settings, DependencySet dependencies, CacheFigures figures)
        : base(facts.Subject, facts.Kind)
    {
        _core = core;
        _memory = core.Memory;
        _facts = facts;
        _settings = settings;
        _figures = figures;
        Dependencies = dependencies;
        _stamps = facts.Members?.Stamps;
        _lead = core.Register(this, Longer(Within(settings.Duration) + Within(settings.FailSafe), Within(settings.Negative)) + Within(settings.Jitter));
    }

    // Not taken in by the core, which would then know of it for ever: its entries fall by their stamps.
    private CacheSpace(CacheSpace<TValue> everybodys, string? partition)
        : base(everybodys.Subject, everybodys.Kind)
    {
        _core = everybodys._core;
        _memory = everybodys._memory;
        _facts = everybodys._facts;
        _settings = everybodys._settings;
        _figures = everybodys._figures;
        Dependencies = everybodys.Dependencies;
        _partition = partition;
        _isPassedBy = partition is null;
        _stamps = _core.StampsOf(Subject);
        _stamps.TakeEntries();

        // Behind the mark of everybody's comes a colon: no text of a key makes one of these.
        _lead = string.Concat(everybodys.Mark, "\0", partition, ":");
    }

    /// <summary>The same kind of entries, of one user: apart from everybody's and from those of every other, in memory, in Redis, and while they are being read.</summary>
    /// <param name="partition">The digest of who he is and of what policies may look at; null where none stays the same for as long as a reading takes, so that nothing is to be kept.</param>
    public CacheSpace<TValue> Of(string? partition) => new(this, partition);

    /// <summary>What all entries depend on.</summary>
    public DependencySet Dependencies { get; }

    /// <summary>What every key in memory begins with: it tells the space.</summary>
    public ReadOnlySpan<char> Mark => _lead.AsSpan(0, _lead.Length - 1);

    /// <summary>How many characters of a key in memory come before its text.</summary>
    public int LeadLength => _lead.Length;

    /// <summary>The text of a key in memory; ends with it.</summary>
    public string TextOf(ref KeyText key)
    {
        var text = BoundedText.Of(key.Written[LeadLength..]);
        key.Dispose();
        return text;
    }

    /// <summary>The value in memory, without waiting for anything.</summary>
    /// <param name="key">The mark of the space, a colon, and the text of the key.</param>
    /// <param name="value">The value; null for "there is none".</param>
    /// <param name="isDue">Whether it is worth loading anew in the background.</param>
    public bool TryGet(ReadOnlySpan<char> key, out TValue? value, out bool isDue)
    {
        if (_isPassedBy)
        {
            value = null;
            isDue = false;
            return false;
        }

        if (BoundedText.IsLong(key[LeadLength..]))
        {
            key = _lead + BoundedText.Of(key[LeadLength..]);
        }

        var now = _memory.Now();
        if (_memory.Find(key) is not CacheEntry<TValue> entry || now >= entry.ExpiresAt || !IsCurrent(entry))
        {
            value = null;
            isDue = false;
            return false;
        }

        _figures.MemoryHit();
        isDue = now >= entry.RefreshAt;
        value = _settings.ClonesValues && entry.Value is not null ? Copy(entry.Value) : entry.Value;
        return true;
    }

    /// <summary>The value, wherever it is; for keys that are at hand as texts.</summary>
    /// <param name="text">The text of the key.</param>
    /// <param name="source">Reads from the databases.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    public ValueTask<TValue?> ReadAsync(string text, Func<CancellationToken, ValueTask<TValue?>> source, CancellationToken cancellationToken)
    {
        if (!TryGet(_lead + text, out var value, out var isDue))
        {
            return GetAsync(text, source, cancellationToken);
        }

        if (isDue)
        {
            Refresh(text, source);
        }

        return new ValueTask<TValue?>(value);
    }

    /// <summary>The value from memory, from a reading under way, or from one that begins now.</summary>
    /// <param name="text">The text of the key.</param>
    /// <param name="source">Reads from the databases.</param>
    /// <param name="cancellationToken">Cancels the waiting; the reading ends when nobody waits for it.</param>
    public async ValueTask<TValue?> GetAsync(string text, Func<CancellationToken, ValueTask<TValue?>> source, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isPassedBy)
        {
            return await source(cancellationToken).ConfigureAwait(false);
        }

        var began = _core.TimeProvider.GetTimestamp();
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
        var stamp = Stamp;
        var load = Join(text, out var begins, out var entry);
        if (load is null)
        {
            _figures.MemoryHit();
            return Given(entry!.Value);
        }

        if (begins)
        {
            _ = RunAsync(load, source);
        }

        var value = await WaitAsync(load, began, cancellationToken).ConfigureAwait(false);

        // A reading that began before a row was written, and a caller who came after: he is not answered with the row as it was.
        return !begins && stamp != load.Stamp && PlacesOf(text, value) is { } places && _stamps!.WereTouched(places, load.Stamp)
            ? await GetAsync(text, source, cancellationToken).ConfigureAwait(false)
            : Given(value);
    }

    private ValueTask ReadyAsync(CancellationToken cancellationToken)
    {
        var ready = _core.ReadyAsync();
        return ready.IsCompletedSuccessfully ? ready : new ValueTask(ready.AsTask().WaitAsync(cancellationToken));
    }

    /// <summary>Loads anew in the background what is about to expire, unless that is being done.</summary>
    public void Refresh(string text, Func<CancellationToken, ValueTask<TValue?>> source)
    {
        var key = _lead + text;
        var stripe = _core.Loads[key];
        Load<TValue> load;
        lock (stripe.Lock)
        {
            if (stripe.Find(key) is Load<TValue> current && IsCurrent(current))
            {
                return;
            }

            // An entry that has fallen since its caller found it is no stand-in for what cannot be read.
            var generation = Dependencies.Generation;
            var entry = _core.Memory.Find(key) as CacheEntry<TValue>;
            load = new Load<TValue>(key, text, generation, entry is not null && IsCurrent(entry) ? entry : null)
            {
                IsRefresh = true,
                Stamp = Stamp,
            };
            load.Join();
            stripe.Add(key, load);
        }

        // The caller's flow (a batching scope, an activity) is not the refresh's.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(load, source));
        }
    }

    public override void Invalidate(string text)
    {
        var key = _lead + text;
        var stripe = _core.Loads[key];
        lock (stripe.Lock)
        {
            stripe.Invalidate(key);
            _core.Memory.Remove(key);
        }
    }

    /// <summary>A reading to wait for; or the entry, where another caller has just put it there.</summary>
    private Load<TValue>? Join(string text, out bool begins, out CacheEntry<TValue>? entry)
    {
        var key = _lead + text;
        var stripe = _core.Loads[key];
        lock (stripe.Lock)
        {
            var now = _core.Memory.Now();
            var generation = Dependencies.Generation;
            entry = _core.Memory.Find(key) as CacheEntry<TValue>;
            if (entry is not null && !IsCurrent(entry))
            {
                entry = null;
            }

            begins = false;
            if (entry is not null && now < entry.ExpiresAt)
            {
                return null;
            }

            if (stripe.Find(key) is not Load<TValue> load || !IsCurrent(load))
            {
                load = new Load<TValue>(key, text, generation, entry) { Stamp = Stamp };
                stripe.Add(key, load);
                begins = true;
            }

            load.Join();
            return load;
        }
    }

    /// <summary>The last stamp of a row; always zero where entries fall by their keys alone.</summary>
    private long Stamp => _stamps?.Last ?? 0;

    /// <summary>The places of the rows in a value, and for an entry of a user that of the entry; null where it falls by its own key alone.</summary>
    private int[]? PlacesOf(string text, TValue? value)
    {
        var rows = value is not null && _facts.Members is { } members ? Array.ConvertAll(members.Of(value), RowStamps.PlaceOf) : null;
        return _partition is null ? rows : [PlaceOf(text), .. rows ?? []];
    }

    private int PlaceOf(string text) => RowStamps.PlaceOf(new CacheAddress(Subject, Kind, text));

    /// <summary>Whether no write has come since an entry was read.</summary>
    private bool IsCurrent(CacheEntry<TValue> entry)
        => entry.Generation == Dependencies.Generation && (entry.Places is null || !_stamps!.WereTouched(entry.Places, entry.Stamp));

    /// <summary>Whether no write has come since a reading began.</summary>
    private bool IsCurrent(Load<TValue> load)
        => !load.IsInvalidated && load.Generation == Dependencies.Generation
            && (_partition is null || !_stamps!.WereTouched([PlaceOf(load.Text)], load.Stamp));

    private async ValueTask<TValue?> WaitAsync(Load<TValue> load, long began, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await WaitForOutcomeAsync(load, began, cancellationToken).ConfigureAwait(false);
            _figures.Waited(outcome.Origin);
            return outcome.Unwrap();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Leave(load);
            throw;
        }
    }

    /// <summary>Gives up waiting. What nobody waits for any more is ended, and not joined again.</summary>
    private void Leave(Load<TValue> load)
    {
        var stripe = _core.Loads[load.Key];
        lock (stripe.Lock)
        {
            if (!load.Leave())
            {
                return;
            }

            // Writes look for readings in the table: one that has left it would not learn of them, and must keep nothing.
            stripe.Remove(load.Key, load);
            load.Invalidate();
        }

        load.Abandon();
    }

    private async ValueTask<LoadOutcome<TValue>> WaitForOutcomeAsync(Load<TValue> load, long began, CancellationToken cancellationToken)
    {
        if (load.Stale is not null && _settings.SoftTimeout != Timeout.InfiniteTimeSpan)
        {
            if (await EndsWithinAsync(load, Left(_settings.SoftTimeout, began), cancellationToken).ConfigureAwait(false))
            {
                return await load.Outcome.ConfigureAwait(false);
            }

            if (load.Stale is { } stale && IsCurrent(load) && IsCurrent(stale))
            {
                return new LoadOutcome<TValue>(stale.Value, Origin: LoadOrigin.Stale);
            }
        }

        if (_settings.HardTimeout == Timeout.InfiniteTimeSpan)
        {
            return await load.Outcome.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (await EndsWithinAsync(load, Left(_settings.HardTimeout, began), cancellationToken).ConfigureAwait(false))
        {
            return await load.Outcome.ConfigureAwait(false);
        }

        return load.Stale is { } expired && IsCurrent(load) && IsCurrent(expired)
            ? new LoadOutcome<TValue>(expired.Value, Origin: LoadOrigin.Stale)
            : throw new CacheTimeoutException(_facts.Name, _settings.HardTimeout);
    }

    private async ValueTask<bool> EndsWithinAsync(Load<TValue> load, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (load.Outcome.IsCompleted || timeout <= TimeSpan.Zero)
        {
            return load.Outcome.IsCompleted;
        }

        // Not WaitAsync with a timeout: its TimeoutException costs more than the timer.
        using var elapsed = new CancellationTokenSource(timeout, _core.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(elapsed.Token, cancellationToken);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = both.Token.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), ended).ConfigureAwait(false);
        await Task.WhenAny(load.Outcome, ended.Task).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return load.Outcome.IsCompleted;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan Left(TimeSpan timeout, long began) => (timeout < LongestTimeout ? timeout : LongestTimeout) - _core.TimeProvider.GetElapsedTime(began);

    private TValue? Given(TValue? value) => _settings.ClonesValues && value is not null ? Copy(value) : value;

    private TValue Copy(TValue value)
    {
        var payload = new PayloadWriter(256);
        try
        {
            _facts.Codec.Encode(ref payload, value);
            var reader = new PayloadReader(payload.Written);
            return _facts.Codec.Decode(ref reader);
        }
        finally
        {
            payload.Dispose();
        }
    }
}
