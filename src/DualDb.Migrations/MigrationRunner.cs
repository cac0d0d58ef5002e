using DualDb.Migrations.Drift.Shapes;
using DualDb.Migrations.History;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Planning;
using DualDb.Migrations.Preflight;
using DualDb.Migrations.Running;

namespace DualDb.Migrations;

/// <summary>Plans and runs the migrations of a root: <c>db.Migrations(DualDbMigrations.FromFolder("migrations"))</c>. It holds nothing, and can be made anew for each call.</summary>
public sealed partial class MigrationRunner
{
    private readonly IDualDatabase _root;
    private readonly DualDbMigrations _migrations;
    private readonly MigrationOptions _options;

    internal MigrationRunner(IDualDatabase root, DualDbMigrations migrations, MigrationOptions options)
    {
        options.Validate();
        _ = migrations.Ordered;
        _root = root;
        _migrations = migrations;
        _options = options;
    }

    /// <summary>Finds out what has to be applied. One round trip for each database; nothing is written.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public async Task<MigrationPlan> PlanAsync(CancellationToken cancellationToken = default)
    {
        var history = await HistoryReader.ReadAsync(_root.Neon, _root.Supabase, _options.Home, cancellationToken).ConfigureAwait(false);
        var seeds = await SeedPlan.MakeAsync(_migrations, _root.Neon, _root.Supabase, _options, history.Unfinished, cancellationToken).ConfigureAwait(false);
        try
        {
            return Planner.Plan(_migrations, history, _options, seeds);
        }
        catch (MigrationHistoryException refused)
        {
            await Refusal.TellAsync(refused, _root, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Plans, and applies the plan: what an application calls when it starts.</summary>
    /// <param name="cancellationToken">Cancels the run at the next statement. It can go on later.</param>
    /// <returns>What was applied; nothing where all had been.</returns>
    /// <inheritdoc cref="RunAsync" path="/exception"/>
    public async Task<MigrationRun> MigrateAsync(CancellationToken cancellationToken = default)
        => await RunAsync(await PlanAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Applies a plan, under the lock of both databases. Where another migrator is at work, it waits for it, and applies what that one has left. What it does is written with its effect, so that a run that
    /// broke off, wherever it was, goes on there.
    /// </summary>
    /// <param name="plan">The plan. What others have applied of it meanwhile is passed over.</param>
    /// <param name="cancellationToken">Cancels the run at the next statement. It can go on later.</param>
    /// <returns>What was applied.</returns>
    /// <exception cref="MigrationPreflightException">A database could not take the plan. Neither was changed.</exception>
    /// <exception cref="MigrationLockedException">Another migrator was at work for too long.</exception>
    /// <exception cref="MigrationFailedException">A migration failed.</exception>
    /// <exception cref="MigrationInterruptedException">A database could not be reached any more. It says where the run stood; the next one goes on there.</exception>
    /// <exception cref="MigrationInDoubtException">A statement of an earlier run may have been done, or not.</exception>
    /// <exception cref="MigrationLeaseLostException">The lock was lost meanwhile.</exception>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree, or the plan is not the one that was approved.</exception>
    public async Task<MigrationRun> RunAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        PlanApproval.Require(plan, _options);
        if (plan.IsEmpty)
        {
            return new MigrationRun(null, []);
        }

        return await UnderLockAsync(StepsBack.Beside(plan, _migrations, _options), (databases, both, drift) => RunLockedAsync(plan, databases, both, drift), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes migrations for applied without running them, for databases that came to their schema in another way: by another tool, or by hand. They are recorded with their present text, and can be compared from then on.
    /// </summary>
    /// <param name="last">The last migration of its database that the database holds already; those before it in the same database are taken for applied as well. Call it once for each database.</param>
    /// <param name="cancellationToken">Cancels the call; what was recorded until then stays.</param>
    /// <returns>What was recorded.</returns>
    /// <exception cref="ArgumentException">There is no such migration at hand.</exception>
    /// <exception cref="MigrationPreflightException">A database could not be written to. Neither was changed.</exception>
    /// <exception cref="MigrationLockedException">Another migrator was at work for too long.</exception>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    public async Task<MigrationBaseline> BaselineAsync(MigrationId last, CancellationToken cancellationToken = default)
    {
        if (_migrations.Ordered.All(migration => migration.Id != last))
        {
            throw new ArgumentException($"{last} is not among the migrations at hand. Name the last one that {last.Database} holds already.", nameof(last));
        }

        var nothing = new MigrationPlan([], [], unfinished: null);
        return await UnderLockAsync(
            nothing,
            async (databases, both, drift) =>
            {
                await drift.LookAsync(both.Token).ConfigureAwait(false);
                var run = await BeginAsync(databases, both).ConfigureAwait(false);
                return new MigrationBaseline(await Baseline.RecordAsync(run, _migrations, last, both.Token).ConfigureAwait(false)) { Drift = drift.Found };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs the statements of a plan in one transaction for each database, and rolls both back. It takes the locks that the statements take, for as long as they run: try it on a copy or a branch of the database.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the run.</param>
    /// <returns>What was tried and what was not: <c>create index concurrently</c> and its like, migrations of code, and what could not run without these.</returns>
    /// <exception cref="MigrationPreflightException">A database could not take the plan.</exception>
    /// <exception cref="MigrationFailedException">A statement failed.</exception>
    public async Task<MigrationDryRun> DryRunAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var databases = RunDatabases.Open(_root, _options);
        await using var closing = databases.ConfigureAwait(false);
        await PreflightCheck.RequireAsync(databases, plan, _options, isTrial: true, cancellationToken).ConfigureAwait(false);
        return await new DryRun(databases, _options).RunAsync(plan, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What somebody has changed in the databases without a migration since the last run ended, as in a dashboard. One look at the catalogue of each; nothing is written. Nothing is known where no run of this version has ended yet, or where the
    /// last one was killed.
    /// </summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public Task<IReadOnlyList<DriftDifference>> FindDriftAsync(CancellationToken cancellationToken = default)
        => ShapeNotes.FindAsync(_root.Neon, _root.Supabase, _options.Drift, cancellationToken);

    /// <summary>How much room a plan needs where it writes tables anew, or brings them from the other database. Servers do not say how much is free, so that nothing is refused for it. One look at each such table; nothing is written.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">A database could not be asked.</exception>
    public async Task<IReadOnlyList<MigrationRemark>> FindRemarksAsync(MigrationPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var databases = RunDatabases.Open(_root, _options);
        await using var closing = databases.ConfigureAwait(false);
        return await Room.RemarksAsync(databases, plan, cancellationToken).ConfigureAwait(false);
    }

    private PostgresDatabase DatabaseOf(MigrationId id) => id.Database == Database.Neon ? _root.Neon : _root.Supabase;

    private async Task<T> UnderLockAsync<T>(MigrationPlan plan, Func<RunDatabases, DualLock, DriftLook, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await LockAsync(plan, work, cancellationToken).ConfigureAwait(false);
        }
        catch (DualDbException exception) when (exception is IRefusal)
        {
            await Refusal.TellAsync((IRefusal)exception, _root, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<T> LockAsync<T>(MigrationPlan plan, Func<RunDatabases, DualLock, DriftLook, Task<T>> work, CancellationToken cancellationToken)
    {
        var databases = RunDatabases.Open(_root, _options);
        await using var closing = databases.ConfigureAwait(false);
        await PreflightCheck.RequireAsync(databases, plan, _options, isTrial: false, cancellationToken).ConfigureAwait(false);
        await DriftLook.RequireBeforeAsync(databases, plan, _options, cancellationToken).ConfigureAwait(false);
        await SchemaInstallation.InstallAsync(databases.Neon, cancellationToken).ConfigureAwait(false);
        await SchemaInstallation.InstallAsync(databases.Supabase, cancellationToken).ConfigureAwait(false);
        _options.Probe("schema installed");
        var both = await DualLock.TakeAsync(databases, _options, cancellationToken).ConfigureAwait(false);
        await using var unlocking = both.ConfigureAwait(false);
        _options.Probe("locked");
        var drift = new DriftLook(databases, both, _options);
        T result;
        try
        {
            result = await work(databases, both, drift).ConfigureAwait(false);
            await drift.NoteAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = both.IsLost && exception is not (MigrationLeaseLostException or MigrationFailedException) ? DualLock.Lost(exception) : exception;

            // What was committed until then is meant; what was changed before is told with the failure, whichever it is, since the next run will not.
            databases.Outcome.TellWith(failure, exception is MigrationPreflightException ? [] : drift.Found);
            if (failure is MigrationFailedException && !both.IsLost)
            {
                await drift.NoteAsync().ConfigureAwait(false);
            }

            if (ReferenceEquals(failure, exception))
            {
                throw;
            }

            throw failure;
        }
        finally
        {
            await GiveBackAsync(both).ConfigureAwait(false);
        }

        _options.Probe("released");
        return result;
    }

    private async Task<MigrationRun> RunLockedAsync(MigrationPlan plan, RunDatabases databases, DualLock both, DriftLook drift)
    {
        var history = await HistoryReader.ReadAsync(databases.Neon, databases.Supabase, _options.Home, both.Token).ConfigureAwait(false);
        var seeds = plan.Seeds.Count == 0 ? SeedPlan.None : (await SeedPlan.MakeAsync(_migrations, databases.Neon, databases.Supabase, _options, history.Unfinished, both.Token).ConfigureAwait(false)).Narrow(plan.Seeding);
        var now = PlanApproval.Narrow(plan, Planner.Plan(_migrations, history, _options, seeds));
        if (now.IsEmpty)
        {
            return new MigrationRun(null, []);
        }

        if (now.Unfinished is { IsWayDown: true } down)
        {
            throw new MigrationHistoryException($"The run {down.RunId} broke off while it undid migrations, and nothing is applied before that is finished: run DownAsync with a new plan, and these again.")
            {
                Disagreement = MigrationDisagreement.OtherPlan,
            };
        }

        if (_options.OnFailure == MigrationFailurePolicy.Compensate)
        {
            Compensation.Require(now);
        }

        await drift.RequireAsync(both.Token).ConfigureAwait(false);
        var run = await BeginAsync(databases, both, now.Resumes).ConfigureAwait(false);
        await SupabaseHistory.CatchUpAsync(run, _migrations, history, both.Token).ConfigureAwait(false);
        var running = new PlanRun(run, _migrations, now);
        return new MigrationRun(run.RunId, await running.RunAsync(both.Token).ConfigureAwait(false)) { Seeds = running.Seeded, ChangedTables = run.ChangedTables, Drift = drift.Found };
    }

    private async Task<RunContext> BeginAsync(RunDatabases databases, DualLock both, Guid? resumes = null)
        => new(_root, databases, both, _options, resumes ?? Guid.CreateVersion7())
        {
            WritesSupabaseHistory = _options.WriteSupabaseHistory && await SupabaseHistory.IsThereAsync(databases.Supabase, both.Token).ConfigureAwait(false),
            SupabaseVersions = new SupabaseVersions(_migrations.Ids),
        };

    // Also where the caller has cancelled; and a failure must not take the place of the run's own.
    private async Task GiveBackAsync(DualLock both)
    {
        try
        {
            _options.Probe("releasing");
            await both.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (DualDbException)
        {
            // The lease ends by itself.
        }
    }
}
