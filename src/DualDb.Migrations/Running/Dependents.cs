using DualDb.Migrations.Files;

namespace DualDb.Migrations.Running;

/// <summary>What must not be applied once something has failed.</summary>
internal sealed class Dependents
{
    private readonly HashSet<MigrationId> _stopped = [];
    private readonly HashSet<Database> _databases = [];

    /// <summary>Notes a failure.</summary>
    public void Add(Migration migration)
    {
        _stopped.Add(migration.Id);
        _databases.Add(migration.Id.Database);
    }

    /// <summary>Whether a migration depends on what has failed: by what it says, or, where it says nothing, by coming later in the same database.</summary>
    public bool Stop(Migration migration)
    {
        var stops = migration.Requires.Any(_stopped.Contains) || (!migration.SaysRequires && _databases.Contains(migration.Id.Database));
        if (stops)
        {
            Add(migration);
        }

        return stops;
    }
}
