using DualDb.Consistency.Events.Dispatching;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events;

/// <summary>Dispatches the events of a root: a hosted service, on any number of nodes. Each leases a share of the keys, and takes over that of nodes which end.</summary>
public sealed class EventDispatcher : BackgroundService
{
    private readonly IDualDatabase _root;
    private readonly DomainEvents _events;
    private readonly EventOptions _options;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _logger;

    /// <summary>The events that it dispatches.</summary>
    internal DomainEvents Events => _events;

    internal EventDispatcher(IDualDatabase root, DomainEvents events, EventOptions options, IServiceScopeFactory scopes, ILogger logger)
    {
        _root = root;
        _events = events;
        _options = options;
        _scopes = scopes;
        _logger = logger;
        States = [.. EventSources.Of(root).Select(static database => new OutboxState(database.Kind))];
    }

    /// <summary>How the outbox of each database stands.</summary>
    internal IReadOnlyList<OutboxState> States { get; }

    /// <summary>Why it gave up; null while it runs.</summary>
    internal Exception? Failure { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host starts its other services meanwhile.
        await Task.Yield();
        var directory = Prepare();
        var run = new DeliveryRun(new EventTargets(_root), new HandlerCall(_scopes, _root.Neon.Clock), _root.Neon.Clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAll(EventSources.Of(_root).Select((database, index) => DispatchAsync(database, States[index], directory, run, ending))).ConfigureAwait(false);
    }

    // One that gives up takes the other along, so that the host learns of it.
    private async Task DispatchAsync(PostgresDatabase database, OutboxState state, EventDirectory directory, DeliveryRun run, CancellationTokenSource ending)
    {
        try
        {
            await new OutboxDispatcher(database, directory, run, _options, state, States, _events.Tell, _logger).RunAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Failure ??= exception;
            EventLog.CannotDispatch(_logger, database.Kind, exception);
            await ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private EventDirectory Prepare()
    {
        try
        {
            var directory = new EventDirectory(_events.Registry, _options.Publishers, _options.MaxConcurrency);
            CheckTargets(directory);
            return directory;
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }

    private void CheckTargets(EventDirectory directory)
    {
        foreach (var taker in directory.All)
        {
            if (taker.Options.Target is { } target)
            {
                EventSources.Require(_root, target);
            }
        }
    }
}
