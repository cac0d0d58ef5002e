using DualDb.Migrations.History;
using DualDb.Migrations.Locks;

namespace DualDb.Migrations.Running;

/// <summary>What all parts of a run share.</summary>
/// <param name="Root">The root of the application.</param>
/// <param name="Databases">The connections of the run.</param>
/// <param name="Lock">The leases of both databases.</param>
/// <param name="Options">The options.</param>
/// <param name="RunId">The run.</param>
internal sealed record RunContext(IDualDatabase Root, RunDatabases Databases, DualLock Lock, MigrationOptions Options, Guid RunId)
{
    /// <summary>Whether the history of the supabase CLI is there, and is kept in step.</summary>
    public bool WritesSupabaseHistory { get; init; }

    /// <summary>The versions that files may have there.</summary>
    public required SupabaseVersions SupabaseVersions { get; init; }

    /// <summary>Tables that were altered and whose changes are captured.</summary>
    public List<ChangedTable> ChangedTables { get; } = [];

    /// <summary>What the run has come to by now.</summary>
    public RunOutcome Outcome => Databases.Outcome;

    public TimeProvider Clock => Databases.Clock;

    /// <summary>A point at which a crash could leave something behind.</summary>
    public void Reach(string point) => Options.Probe(point);
}
