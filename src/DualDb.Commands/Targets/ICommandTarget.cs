using DualDb.Consistency.Events;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Operators;
using DualDb.Consistency.Sagas;
using DualDb.Consistency.Sync;
using DualDb.Migrations;
using DualDb.Migrations.Model;

namespace DualDb.Commands.Targets;

/// <summary>What the commands work on. What it has not is refused when it is asked for.</summary>
internal interface ICommandTarget : IAsyncDisposable
{
    /// <summary>Both databases.</summary>
    IDualDatabase Root { get; }

    /// <summary>The migrations at hand; asked for without either database.</summary>
    DualDbMigrations Migrations { get; }

    /// <summary>The folder that migrations are written into.</summary>
    string Folder { get; }

    /// <summary>Whether <see cref="Model"/> can be asked for.</summary>
    bool IsModelKnown { get; }

    /// <summary>The schema that the entities stand on; asked for without either database.</summary>
    /// <exception cref="RefusedException">It is not known here.</exception>
    SchemaModel Model { get; }

    /// <summary>What the application passes over when schemas are compared; not its own, so that it can be added to.</summary>
    DriftOptions Drift { get; }

    /// <summary>Runs the migrations, with options of the command line over those of the application.</summary>
    MigrationRunner Runner(Action<MigrationOptions> configure);

    /// <summary>Deliveries of events that were given up.</summary>
    DeadLetters DeadLetters { get; }

    /// <summary>The instances of sagas, to read.</summary>
    SagaOperations SagaJournal { get; }

    /// <summary>The instances of sagas, to change: what their steps are has to be known.</summary>
    /// <exception cref="RefusedException">It is not known here.</exception>
    SagaOperations Sagas { get; }

    /// <summary>Masks what is sensitive; everything where the model is not known.</summary>
    IPayloadRedaction Redaction { get; }

    /// <summary>The application's monitoring, for its targets, its home and its name; null where it is not known here.</summary>
    DatabaseMonitoring? Monitoring { get; }

    /// <summary>The synchronisation, with its maps.</summary>
    /// <exception cref="RefusedException">They are not known here.</exception>
    DatabaseSync Sync { get; }
}
