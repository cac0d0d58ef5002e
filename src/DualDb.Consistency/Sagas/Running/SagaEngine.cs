using System.Globalization;
using System.Text;
using DualDb.Consistency.Sagas.Journal;
using DualDb.Consistency.Sagas.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Runs the sagas of a root on this node.</summary>
internal sealed class SagaEngine
{
    private readonly LocalRuns _runs = new();
    private readonly Leases _leases;
    private readonly SemaphoreSlim _slots;
    private readonly IServiceProvider _services;
    private long _dueAt = long.MaxValue;

    public SagaEngine(IDualDatabase root, IReadOnlyList<SagaDefinition> definitions, SagaOptions options, IServiceProvider services)
    {
        options.Check();
        Root = root;
        Definitions = definitions.ToDictionary(static definition => definition.Name, StringComparer.Ordinal);
        Options = options;
        _services = services;
        Home = Database(options.Home);
        Time = Home.Clock;
        Logger = services.GetService<ILoggerFactory>()?.CreateLogger("DualDb.Consistency.Sagas") ?? NullLogger.Instance;
        Journal = new SagaJournal(Home, $"{options.NodeName}/{Guid.NewGuid():n}", options, Time);
        Woken = new Pulse(Time);
        _leases = new Leases(this);
        _slots = new SemaphoreSlim(options.MaxConcurrency);
    }

    public IDualDatabase Root { get; }

    public Dictionary<string, SagaDefinition> Definitions { get; }

    public SagaOptions Options { get; }

    public PostgresDatabase Home { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public SagaJournal Journal { get; }

    /// <summary>Beats when there is something to look at, or room for it.</summary>
    public Pulse Woken { get; }

    /// <summary>Whether nothing new is begun.</summary>
    public bool IsStopping { get; private set; }

    public int FreeSlots => _slots.CurrentCount;

    public TimeSpan PauseAfterFailure => Options.Lease;

    /// <summary>When this node has to look at the journal for one of its own; <see cref="long.MaxValue"/> for never.</summary>
    public long DueAt => Volatile.Read(ref _dueAt);

    public PostgresDatabase Database(Database database) => database == DualDb.Database.Neon ? Root.Neon : Root.Supabase;

    /// <summary>The databases in which an instance may leave something behind.</summary>
    public IReadOnlyList<PostgresDatabase> DatabasesOf(SagaDefinition definition)
        => [.. definition.Steps.SelectMany(static step => new SagaWork?[] { step, step.Compensation }).Select(static work => work?.Target).OfType<Database>().Append(Options.Home).Distinct().Order().Select(Database)];

    /// <summary>The databases that are reached over SQL: over REST there are no transactions, so that no step can leave anything behind there.</summary>
    public IEnumerable<PostgresDatabase> Databases => new PostgresDatabase[] { Root.Neon, Root.Supabase }.Where(static database => database.Rest is null);

    public EngineScope CreateScope() => new(_services);

    public void At(RunMoment moment, SagaWork? work) => Options.Probe?.Invoke(new RunPoint(moment, work));

    /// <summary>Starts an instance, or joins the one that has the id.</summary>
    /// <exception cref="SagaInputMismatchException">The id was started with another input.</exception>
    /// <exception cref="SagaRefusedException">The input cannot be stored.</exception>
    public async Task StartAsync(SagaDefinition definition, string id, object input, CancellationToken cancellationToken)
    {
        var (json, hash) = EncodedInput.Of(this, definition, id, input);
        var own = new LocalRun(hash);
        var run = _runs.Enter(definition.Name, id, own);
        if (!ReferenceEquals(run, own))
        {
            if (run.InputHash is null)
            {
                await JoinAsync(definition, id, hash, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                RequireSame(definition, id, run.InputHash, hash);
            }

            return;
        }

        var taken = !IsStopping && _slots.Wait(0, CancellationToken.None);
        var isRunning = false;
        try
        {
            var askedAt = Time.GetTimestamp();
            if (await Journal.StartAsync(definition, id, json, hash, taken, cancellationToken).ConfigureAwait(false))
            {
                if (taken)
                {
                    isRunning = true;
                    Run(definition, NewlyHeld(definition, id, json), own, askedAt, input);
                }
                else
                {
                    WakeIn(TimeSpan.Zero);
                }
            }
            else
            {
                await JoinAsync(definition, id, hash, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (!isRunning)
            {
                _runs.Leave(definition.Name, id, own, end: null);
                if (taken)
                {
                    _slots.Release();
                }
            }
        }
    }

    /// <summary>Waits until an instance is finished or has come to a stop. Where nobody runs it that should, this node does.</summary>
    public Task<SagaEnd> WaitAsync(SagaDefinition definition, string id, CancellationToken cancellationToken)
        => new EndOfSaga(this, _runs, definition, id).WaitAsync(cancellationToken);

    /// <summary>Runs an instance that was taken.</summary>
    /// <param name="held">The instance.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <remarks>The slot was reserved by the caller.</remarks>
    public void Run(HeldSaga held, long askedAt)
    {
        var definition = Definitions[held.Saga];
        if (held.Takeovers > 0)
        {
            SagaMeter.Takeovers.Add(1, SagaMeter.TagsOf(definition));
            SagaLog.TakenOver(Logger, held.Saga, held.Id);
        }

        _ = RunAfterOthersAsync(definition, held, askedAt);
    }

    /// <summary>Reserves room for a run; false where there is none.</summary>
    public bool TryReserve() => !IsStopping && _slots.Wait(0, CancellationToken.None);

    public void Unreserve() => _slots.Release();

    /// <summary>Changes an instance in the journal, and tells it of steps; repeated until it succeeds or the lease is over.</summary>
    /// <returns>The token from now on.</returns>
    /// <exception cref="InstanceLostException">The instance is another node's.</exception>
    public async Task<long> ChangeAsync(SagaInstance instance, JournalChange change)
    {
        var entries = instance.Untold();
        long? token = null;
        await PatientlyAsync(
            instance,
            async () => token = await Journal.ChangeAsync(instance.Definition.Name, instance.Id, instance.Token, change, entries, instance.Lost.Token).ConfigureAwait(false)).ConfigureAwait(false);
        if (token is null)
        {
            await instance.Lost.CancelAsync().ConfigureAwait(false);
            throw new InstanceLostException();
        }

        instance.Told(entries);
        return token.Value;
    }

    /// <summary>Does something of the engine's own, again and again where a database cannot be reached, while that is bearable.</summary>
    /// <exception cref="InstanceLostException">The lease is over.</exception>
    public async Task PatientlyAsync(SagaInstance instance, Func<Task> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            instance.RequireLease();
            try
            {
                await act().ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (instance.Lost.IsCancellationRequested)
            {
                throw new InstanceLostException();
            }
            catch (Exception exception) when (FailureVerdicts.Of(exception) == FailureVerdict.SaysNothing || exception is DatabaseErrorException { SqlState: "55P03" or "40P01" or "40001" })
            {
                var pause = RetryPolicy.Default.PauseAfter(attempt);
                if (pause > Options.MaxPauseInMemory)
                {
                    throw;
                }

                SagaLog.JournalLost(Logger, (exception as DualDbException)?.Database ?? Home.Kind, exception.Message);
                await Task.Delay(pause, Time, instance.Lost.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Has the journal looked at after a while; null for when an event arrives.</summary>
    public void WakeIn(TimeSpan? dueIn)
    {
        if (dueIn is not { } pause)
        {
            return;
        }

        var at = Time.GetTimestamp() + (long)(Math.Max(0, pause.TotalSeconds) * Time.TimestampFrequency);
        long known;
        while ((known = Volatile.Read(ref _dueAt)) > at && Interlocked.CompareExchange(ref _dueAt, at, known) != known)
        {
        }

        Woken.Beat();
    }

    /// <summary>The journal is being looked at: what it says about the time to come replaces what was known.</summary>
    public void Looked() => Volatile.Write(ref _dueAt, long.MaxValue);

    /// <summary>Begins nothing new, and lets what runs come to the end of its step.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        Woken.Beat();
        try
        {
            await _runs.AllEnded().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await _leases.LoseAllAsync().ConfigureAwait(false);
        }

        SagaMeter.Forget(this);
    }

    /// <summary>Completes when nothing runs here.</summary>
    internal Task IdleAsync() => _runs.AllEnded();

    public string? RequireSize(string? json, Func<string, Exception> refuse)
        => json is null || json.Length <= Options.MaxPayloadBytes / 3 || Encoding.UTF8.GetByteCount(json) <= Options.MaxPayloadBytes
            ? json
            : throw refuse(Encoding.UTF8.GetByteCount(json).ToString("N0", CultureInfo.InvariantCulture));

    public TimeoutException Overdue(SagaInstance instance, Exception? cause)
        => new(
            $"The saga '{instance.Definition.Name}' of '{instance.Id}' was not done within its deadline of {instance.Definition.Deadline!.Value.TotalSeconds} s{(cause is null ? "" : ": " + cause.Message)}.",
            cause);

    private async Task JoinAsync(SagaDefinition definition, string id, string hash, CancellationToken cancellationToken)
    {
        if (await Journal.GlanceAsync(definition.Name, id, cancellationToken).ConfigureAwait(false) is { } glance)
        {
            RequireSame(definition, id, glance.InputHash, hash);
        }
    }

    private static void RequireSame(SagaDefinition definition, string id, string stored, string given)
    {
        if (!string.Equals(stored, given, StringComparison.Ordinal))
        {
            throw new SagaInputMismatchException(
                $"The saga '{definition.Name}' of '{id}' was started with another input: its hash is {stored}, and that of the one given now {given}. An id stands for one saga with one input: take another id, or repeat the input of the first call.")
            {
                Saga = definition.Name,
                Id = id,
                StoredInputHash = stored,
                GivenInputHash = given,
            };
        }
    }

    private static HeldSaga NewlyHeld(SagaDefinition definition, string id, string json) => new(
        definition.Name, id, definition.Hash, definition.Signatures, SagaState.Running, json, FailedStep: null, Error: null, Token: 1, Takeovers: 0, definition.Deadline,
        System.Diagnostics.Activity.Current?.Id, System.Diagnostics.Activity.Current?.TraceStateString);

    /// <summary>An instance that was taken from this very process, whose lease had run out, ends here before it begins anew.</summary>
    private async Task RunAfterOthersAsync(SagaDefinition definition, HeldSaga held, long askedAt)
    {
        var own = new LocalRun(InputHash: null);
        LocalRun run;
        while (!ReferenceEquals(run = _runs.Enter(held.Saga, held.Id, own), own))
        {
            await run.Ended.ConfigureAwait(false);
        }

        Run(definition, held, own, askedAt, input: null);
    }

    private void Run(SagaDefinition definition, HeldSaga held, LocalRun run, long askedAt, object? input)
    {
        // Nobody's flow: neither a caller's activity nor its batching scope, nor its transaction.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(definition, held, run, askedAt, input), CancellationToken.None);
        }
    }

    private async Task RunAsync(SagaDefinition definition, HeldSaga held, LocalRun run, long askedAt, object? input)
    {
        SagaEnd? end = null;
        var started = Time.GetTimestamp();
        SagaMeter.Active.Add(1, SagaMeter.TagsOf(definition));
        SagaInstance? instance = null;
        try
        {
            instance = new SagaInstance(definition, held, input ?? definition.DecodeInput(held.Input), new LeaseClock(Time, Options.Lease, askedAt), Time);
            _leases.Add(instance);
            end = await new SagaRun(this, instance, isNew: input is not null).RunAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not InstanceLostException)
        {
            // The lease ends by itself, and whoever takes it then tries again.
            SagaLog.RunFailed(Logger, exception, held.Saga, held.Id);
        }
        catch (InstanceLostException)
        {
            // Another node goes on.
        }
        finally
        {
            if (instance is not null)
            {
                _leases.Remove(instance);
            }

            SagaMeter.Active.Add(-1, SagaMeter.TagsOf(definition));
            SagaMeter.Duration.Record(Time.GetElapsedTime(started).TotalSeconds, SagaMeter.TagsOf(definition));
            _slots.Release();
            _runs.Leave(held.Saga, held.Id, run, end);
            Woken.Beat();
        }
    }
}
