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
    private readonly IServiceProvider _services;

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
        Journal = new SagaJournal(Home, $"{options.NodeName}/{Guid.NewGuid():n}", options, Time, definitions);
        Wakeups = new Wakeups(Time);
        Executor = new SagaExecutor(this, _runs);
    }

    public IDualDatabase Root { get; }

    public Dictionary<string, SagaDefinition> Definitions { get; }

    public SagaOptions Options { get; }

    public PostgresDatabase Home { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public SagaJournal Journal { get; }

    /// <summary>When there is something to look at.</summary>
    public Wakeups Wakeups { get; }

    /// <summary>What runs here.</summary>
    public SagaExecutor Executor { get; }

    /// <summary>Whether nothing new is begun.</summary>
    public bool IsStopping { get; private set; }

    public TimeSpan PauseAfterFailure => Options.Lease;

    public PostgresDatabase Database(Database database) => database == DualDb.Database.Neon ? Root.Neon : Root.Supabase;

    /// <summary>The databases in which an instance may leave something behind.</summary>
    public IReadOnlyList<PostgresDatabase> DatabasesOf(SagaDefinition definition)
        => [.. definition.Steps.SelectMany(static step => new SagaWork?[] { step, step.Compensation }).Select(static work => work?.Target).OfType<Database>().Append(Options.Home).Distinct().Order().Select(Database)];

    /// <summary>The databases that are reached over SQL: over REST there are no transactions, so that no step can leave anything behind there.</summary>
    public IEnumerable<PostgresDatabase> Databases => new PostgresDatabase[] { Root.Neon, Root.Supabase }.Where(static database => database.Rest is null);

    public EngineScope CreateScope() => new(_services);

    public void At(RunMoment moment, SagaWork? work) => Options.Probe?.Invoke(new RunPoint(moment, work));

    /// <summary>Starts an instance, or joins the one that has the id; returns when the journal has it.</summary>
    /// <exception cref="SagaInputMismatchException">The id was started with another input.</exception>
    /// <exception cref="SagaRefusedException">The input cannot be stored.</exception>
    public Task StartAsync(SagaDefinition definition, string id, object input, CancellationToken cancellationToken)
        => new StartOfSaga(this, _runs, definition, id).StartAsync(input, cancellationToken);

    /// <summary>Waits until an instance is finished or has come to a stop. Where nobody runs it that should, this node does.</summary>
    public Task<SagaEnd> WaitAsync(SagaDefinition definition, string id, CancellationToken cancellationToken)
        => new EndOfSaga(this, _runs, definition, id).WaitAsync(cancellationToken);

    /// <summary>Begins nothing new, and lets what runs come to the end of its step.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsStopping = true;
        Wakeups.Beat();
        try
        {
            await _runs.AllEnded().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Executor.LoseAllAsync().ConfigureAwait(false);
        }

        SagaMeter.Forget(this);
    }

    /// <summary>Completes when nothing runs here.</summary>
    internal Task IdleAsync() => _runs.AllEnded();

    public string? RequireSize(string? json, Func<string, Exception> refuse)
        => json is null || json.Length <= Options.MaxPayloadBytes / 3 || Encoding.UTF8.GetByteCount(json) <= Options.MaxPayloadBytes
            ? json
            : throw refuse(Encoding.UTF8.GetByteCount(json).ToString("N0", CultureInfo.InvariantCulture));

    public static TimeoutException Overdue(SagaInstance instance, Exception? cause)
    {
        // It keeps the deadline that it was started with, which its saga may have lost since.
        var limit = instance.Definition.Deadline is { } deadline ? string.Create(CultureInfo.InvariantCulture, $" of {deadline.TotalSeconds} s") : "";
        return new TimeoutException($"The saga '{instance.Definition.Name}' of '{instance.Id}' was not done within its deadline{limit}{(cause is null ? "" : ": " + cause.Message)}.", cause);
    }
}
