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

    /// <summary>Looks before anything is written. What another migrator does meanwhile is no drift: where one is at work, or was a moment ago, the look under the lock tells.</summary>
    /// <exception cref="MigrationPreflightException">Something was changed, and <see cref="MigrationOptions.OnDrift"/> says that nothing is begun then.</exception>
    public static async Task RequireBeforeAsync(RunDatabases databases, MigrationPlan plan, MigrationOptions options, CancellationToken cancellationToken)
    {
        if (options.OnDrift != MigrationDriftPolicy.Refuse || plan.Migrations.Count == 0 || (await FindAsync(databases, options, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            return;
        }

        foreach (var database in databases.Both)
        {
            if (await LeaseSql.IsTakenAsync(database, cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        if (await FindAsync(databases, options, cancellationToken).ConfigureAwait(false) is { Count: > 0 } found)
        {
            throw Refused(found);
        }
    }

    /// <summary>Looks.</summary>
    /// <exception cref="MigrationPreflightException">Something was changed, and <see cref="MigrationOptions.OnDrift"/> says that nothing is begun then.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken).ConfigureAwait(false);
        if (Found.Count > 0 && options.OnDrift == MigrationDriftPolicy.Refuse)
        {
            throw Refused(Found);
        }
    }

    /// <summary>Looks where no statement is run that could meet what was changed: it is told, and in nobody's way.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (options.OnDrift != MigrationDriftPolicy.Off)
        {
            Found = await FindAsync(databases, options, cancellationToken).ConfigureAwait(false);
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

    private static Task<IReadOnlyList<DriftDifference>> FindAsync(RunDatabases databases, MigrationOptions options, CancellationToken cancellationToken)
        => ShapeNotes.FindAsync(databases.Neon, databases.Supabase, options.Drift, cancellationToken);

    private static MigrationPreflightException Refused(IReadOnlyList<DriftDifference> found)
        => PreflightCheck.Refused([.. found.Select(static one => new MigrationObstacle(one.Database, $"{one.Subject}: {one.Message}, or have the run go on with MigrationOptions.OnDrift = Warn"))]);
}
