using DualDb.Migrations.Drift;

namespace DualDb.Migrations.Hosting;

/// <summary>The migrations of a root in a container.</summary>
internal interface IRootMigrations
{
    /// <summary>Runs them.</summary>
    MigrationRunner Runner { get; }

    /// <summary>Whether the host does, at its start.</summary>
    bool RunsAtStartUp { get; }

    /// <summary>Looks at the schemas, at the start of the host.</summary>
    IStartUpGate Gate { get; }
}

/// <summary>The migrations of one root, apart from those of another in the same container.</summary>
/// <typeparam name="TRoot">The root.</typeparam>
/// <param name="Runner">Runs them.</param>
/// <param name="RunsAtStartUp">Whether the host does, at its start.</param>
/// <param name="Gate">Looks at the schemas, at the start of the host.</param>
/// <param name="Drift">What is compared, wherever the schemas are looked at.</param>
internal sealed record RootMigrations<TRoot>(MigrationRunner Runner, bool RunsAtStartUp, IStartUpGate Gate, DriftOptions Drift) : IRootMigrations;
