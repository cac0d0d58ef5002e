using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Events.Operating;
using DualDb.Consistency.Events.Publishing;
using DualDb.Consistency.Events.Schema;
using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Events;

/// <summary>The events of a root: <c>db.Events</c>. In a transaction, publish with <see cref="TransactionPublishing.Publish"/>.</summary>
public sealed class DomainEvents
{
    private readonly IDualDatabase _root;

    /// <summary>Creates them; generated code does.</summary>
    /// <param name="root">The root.</param>
    /// <param name="registry">The events and handlers of the project.</param>
    public DomainEvents(IDualDatabase root, EventRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(registry);
        _root = root;
        Registry = registry;
        Delivered = new DeliveredEvents(registry, root.Neon.Clock);
        DeadLetters = new DeadLetters(root, registry);
    }

    /// <summary>The events that the dispatcher of this process has finished, for tests.</summary>
    public DeliveredEvents Delivered { get; }

    /// <summary>The deliveries that were given up, and what operators can do about them.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>The events and handlers of the project.</summary>
    internal EventRegistry Registry { get; }

    /// <summary>Sets options of a root that no container made; in a container, <c>Add…Events</c> does. Call it before the first event is published.</summary>
    /// <param name="configure">Sets them.</param>
    /// <exception cref="DualDbConfigurationException">One is out of bounds.</exception>
    public void Configure(Action<EventOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new EventOptions();
        configure(options);
        options.Check();
        options.ApplyTo(_root);
    }

    /// <summary>
    /// Installs the tables of events in each database that is reached over SQL, or brings them to the version of this library. Where they are there, nothing is written. Those who migrate themselves
    /// run <see cref="ConsistencySchema.Events"/> instead.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; the database that is being worked on is left as it was.</param>
    /// <exception cref="SchemaVersionException">A database holds a newer version than this library knows.</exception>
    /// <exception cref="DualDbConfigurationException">A login role may not create the tables; the message says what to grant.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        foreach (var database in EventSources.Of(_root))
        {
            await SchemaInstallation.InstallAsync(database, EventSchema.Module, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes an event by itself. Where it belongs to a write, publish it in the transaction of that write instead.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="domainEvent">What has happened.</param>
    /// <param name="key">Events of one key are handled in the order of their publication; none for no order.</param>
    /// <param name="after">How long after the publication it is handled at the earliest; null for at once.</param>
    /// <param name="headers">Texts that go along; null for none.</param>
    /// <param name="database">The database whose outbox takes it; null for <see cref="EventOptions.DefaultDatabase"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The event's id.</returns>
    /// <exception cref="EventRefusedException">The event, its key or its headers are too large, or cannot be stored.</exception>
    /// <exception cref="SchemaVersionException">The tables are missing.</exception>
    /// <exception cref="CommitOutcomeUnknownException">The reply was lost: it may have been published, or not.</exception>
    public async Task<Guid> PublishAsync<TEvent>(
        TEvent domainEvent,
        EventKey key = default,
        TimeSpan? after = null,
        IReadOnlyDictionary<string, string>? headers = null,
        Database? database = null,
        CancellationToken cancellationToken = default)
        where TEvent : IDomainEvent<TEvent>
    {
        var options = EventOptions.Of(_root.Neon);
        var target = EventSources.Require(_root, database ?? options.DefaultDatabase);
        var transaction = await target.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        var id = transaction.Publish(domainEvent, key, after, headers);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return id;
    }

    /// <summary>How the outboxes stand, by event: what waits, what a node has taken, what failed. One round trip for each database that is reached over SQL; more than 100,000 events of one kind are not counted.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="SchemaVersionException">The tables are missing.</exception>
    public async Task<IReadOnlyList<OutboxStatus>> StatusAsync(CancellationToken cancellationToken = default)
    {
        var found = new List<OutboxStatus>();
        foreach (var database in EventSources.Of(_root))
        {
            found.Add(await OutboxStatusSql.ReadAsync(database, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>The same of the databases that can be read.</summary>
    internal async Task<(IReadOnlyList<OutboxStatus> Outboxes, IReadOnlyList<UnreadDatabase> Missing)> KnownStatusAsync(CancellationToken cancellationToken)
    {
        var read = await EachDatabase.ReadAsync(EventSources.Of(_root), OutboxStatusSql.ReadAsync, cancellationToken).ConfigureAwait(false);
        return (read.Values, read.Missing);
    }

    internal void Tell(EndedEvent ended)
        => Delivered.Add(new DeliveredEvent(
            ended.Stored.Event,
            ended.Outcomes.Where(static outcome => outcome.Outcome.Kind is not OutcomeKind.Handled).ToDictionary(static outcome => outcome.Handler, static outcome => outcome.Outcome.Failure, StringComparer.Ordinal)));
}
