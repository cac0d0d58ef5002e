using DualDb.Migrations.Locks;
using DualDb.Migrations.Preflight;
using DualDb.Migrations.Running;

namespace DualDb.Migrations.Drift.Shapes;

/// <summary>Looks, under the lock of a run, for what was changed without a migration, and notes what the run has left; never without having looked: what is noted is not told any more.</summary>
/// <param name="databases">The connections of the run.</param>
/// <param name="both">Its lock: what another migrator does meanwhile is no drift.</param>
/// <param name="options">The options.</param>
internal sealed class DriftLook(RunDatabases databases, DualLock both, MigrationOptions options)
{
    private bool _hasLooked;

    /// <summary>What was found.</summary>
    public IReadOnlyList<DriftDifference> Found { get; private set; } = [];

    /// <summary>Looks.</summary>
    /// <exception cref="MigrationPreflightException">Something was changed, and <see cref="MigrationOptions.OnDrift"/> says that nothing is begun then.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        if (Found.Count > 0 && options.OnDrift == MigrationDriftPolicy.Refuse)
        {
            throw PreflightCheck.Refused([.. Found.Select(static one => new MigrationObstacle(one.Database, $"{one.Subject}: {one.Message}, or have the run go on with MigrationOptions.OnDrift = Warn"))]);
        }
    }

    /// <summary>Looks where no statement is run that could meet what was changed: it is told, and in nobody's way.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (options.OnDrift != MigrationDriftPolicy.Off)
        {
            Found = await ShapeNotes.FindAsync(databases.Neon, databases.Supabase, options.Drift, cancellationToken).ConfigureAwait(false);
            _hasLooked = true;
        }
    }

    /// <summary>Notes what both databases look like, once what was found is told.</summary>
    public async Task NoteAsync()
    {
        if (_hasLooked)
        {
            await ShapeNotes.WriteAsync(databases, both, both.Token).ConfigureAwait(false);
            options.Probe("shapes noted");
        }
    }
}
