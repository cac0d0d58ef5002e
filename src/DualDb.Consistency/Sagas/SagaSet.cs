using DualDb.Consistency.Events;
using DualDb.Consistency.Sagas.Running;
using DualDb.Consistency.Sagas.Schema;
using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sagas;

/// <summary>The sagas of a root: <c>db.Sagas</c>, with a property per saga that generated code adds.</summary>
public abstract class SagaSet
{
    private readonly IDualDatabase _root;
    private readonly IReadOnlyList<SagaDefinition> _definitions;
    private readonly Lazy<SagaEngine> _engine;
    private IServiceProvider _services = NoServices.Instance;

    /// <summary>Creates them; generated code does.</summary>
    /// <param name="root">The root.</param>
    /// <param name="definitions">The sagas.</param>
    protected SagaSet(IDualDatabase root, params IReadOnlyList<SagaDefinition> definitions)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(definitions);
        _root = root;
        _definitions = definitions;
        Operations = new SagaOperations(this);
        _engine = new Lazy<SagaEngine>(() => new SagaEngine(_root, _definitions, Options, _services));
    }

    /// <summary>How they are run. Set them before the first saga is started.</summary>
    public SagaOptions Options { get; } = new();

    /// <summary>What operators see of them and can do to them.</summary>
    public SagaOperations Operations { get; }

    internal IReadOnlyList<SagaDefinition> Definitions => _definitions;

    internal SagaEngine Engine => _engine.Value;

    /// <summary>
    /// Installs the tables of sagas, or brings them to the version of this library: in each database that is reached over SQL what steps leave behind, and the journal in the home database.
    /// </summary>
    /// <param name="cancellationToken">Cancels the work; a database is left as it was or done.</param>
    /// <exception cref="SchemaVersionException">A database holds a newer version than this library knows.</exception>
    /// <exception cref="DualDbConfigurationException">The login role may not create the tables; the message says what to grant.</exception>
    public async Task InstallAsync(CancellationToken cancellationToken = default)
    {
        foreach (var database in Engine.Databases)
        {
            await SchemaInstallation.InstallAsync(database, SagaSchema.Results, cancellationToken).ConfigureAwait(false);
        }

        await SchemaInstallation.InstallAsync(Engine.Home, SagaSchema.Journal, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings an event to the sagas that wait for it or will. Events of the outbox come by themselves; this is for what arrives another way, such as a webhook, and for tests.
    /// </summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="domainEvent">The event.</param>
    /// <param name="key">The key that sagas wait for.</param>
    /// <param name="eventId">The event's id: brought twice, it counts once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The journal failed; it can be repeated with the same id.</exception>
    public async Task BringAsync<TEvent>(TEvent domainEvent, EventKey key, Guid eventId, CancellationToken cancellationToken = default)
        where TEvent : IDomainEvent<TEvent>
    {
        var transaction = await Engine.Home.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await EventSignal.BringAsync(this, transaction, domainEvent, key.ToString(), eventId, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes services and options from a container, before the first use.</summary>
    internal void Attach(IServiceProvider services) => _services = services;
}
