using DualDb.Migrations.History;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Moving;
using DualDb.Migrations.Planning;
using DualDb.Migrations.Preflight;
using DualDb.Migrations.Running;
using DualDb.Migrations.Telemetry;

namespace DualDb.Migrations;

/// <summary>The way down, and how things stand.</summary>
public sealed partial class MigrationRunner
{
    /// <summary>Says how the migrations stand. One round trip for each database, and where a run broke off, some more to see whether it has left tables that nobody can write; nothing is written, and nothing is refused where history and files disagree.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public async Task<MigrationStatus> StatusAsync(CancellationToken cancellationToken = default)
    {
        var status = StatusReport.Of(_migrations, await HistoryAsync(cancellationToken).ConfigureAwait(false));
        if (status.UnfinishedRun is { } run)
        {
            var home = _options.Home == Database.Neon ? (PostgresDatabase)_root.Neon : _root.Supabase;
            status = status with { UnfinishedRun = run with { IsUnderWay = await LeaseSql.IsTakenAsync(home, cancellationToken).ConfigureAwait(false) } };
            status = status with { StoppedWrites = await StoppedTables.FindAsync(_root.Neon, _root.Supabase, cancellationToken).ConfigureAwait(false) };
        }

        MigrationMeter.Saw(status);
        return status;
    }

    /// <summary>The runs that were made, the latest first, as the home database remembers them. Nothing where none was made.</summary>
    /// <param name="before">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="DualDbException">The database could not be read.</exception>
    public Task<IReadOnlyList<MigrationRunRecord>> RunsAsync(MigrationRunRecord? before = null, int limit = 50, CancellationToken cancellationToken = default)
        => RunsBeforeAsync(before is null ? null : (before.StartedAt, before.RunId), limit, cancellationToken);

    /// <summary>The same from a place that may have no run.</summary>
    internal Task<IReadOnlyList<MigrationRunRecord>> RunsBeforeAsync((DateTimeOffset StartedAt, Guid RunId)? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return RunList.ReadAsync(_options.Home == Database.Neon ? _root.Neon : _root.Supabase, before, limit, cancellationToken);
    }

    /// <summary>Finds out what it takes to undo the last migrations of both databases. Where a way down broke off, it is what is left of that one.</summary>
    /// <param name="count">How many are undone, counted in the one order over both databases; at least 1.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public async Task<MigrationDownPlan> PlanDownAsync(int count, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var history = await HistoryAsync(cancellationToken).ConfigureAwait(false);
        return WayDown.Unfinished(_migrations, history, _options) ?? new MigrationDownPlan([.. WayDown.All(_migrations, history, _options).Take(count)], resumes: null);
    }

    /// <summary>Finds out what it takes to undo all that comes behind a migration, in the one order over both databases. Where a way down broke off, it is what is left of that one.</summary>
    /// <param name="last">The last migration that stays.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException">It is not at hand, or is not applied.</exception>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    /// <exception cref="DualDbException">A database could not be read.</exception>
    public async Task<MigrationDownPlan> PlanDownAsync(MigrationId last, CancellationToken cancellationToken = default)
    {
        var history = await HistoryAsync(cancellationToken).ConfigureAwait(false);
        if (WayDown.Unfinished(_migrations, history, _options) is { } broken)
        {
            return broken;
        }

        var all = WayDown.All(_migrations, history, _options);
        return all.Contains(last)
            ? new MigrationDownPlan([.. all.TakeWhile(id => id != last)], resumes: null)
            : throw new ArgumentException($"{last} is not applied to {last.Database}, or not at hand. Name the last migration that is to stay.", nameof(last));
    }

    /// <summary>
    /// Undoes migrations by their parts <c>-- down:</c>, the last first, under the lock of both databases. Where it breaks off, nothing is applied before it was finished: plan again, and run that. Where it meets a switch that cannot be taken back any
    /// more, since rows would be lost, it is given up there, and the next run goes forward again.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels the run at the next statement. It can go on later.</param>
    /// <returns>What was undone.</returns>
    /// <exception cref="DualDbConfigurationException">A migration does not say how it is undone; nothing was.</exception>
    /// <exception cref="MigrationPreflightException">A database could not take the way down, or a schema was changed without a migration and <see cref="MigrationOptions.OnDrift"/> refuses that. Neither was changed.</exception>
    /// <exception cref="MigrationLockedException">Another migrator was at work for too long.</exception>
    /// <exception cref="MigrationFailedException">A way down failed; what comes before it stays applied.</exception>
    /// <exception cref="MigrationInterruptedException">A database could not be reached any more. It says where the run stood; the next one goes on there.</exception>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree, or something was applied since the plan was made.</exception>
    public async Task<MigrationDownRun> DownAsync(MigrationDownPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.IsEmpty)
        {
            return new MigrationDownRun([]);
        }

        return await UnderLockAsync(
            StepsBack.Of(_migrations, plan.Migrations),
            async (databases, both, drift) =>
            {
                var history = await HistoryReader.ReadAsync(databases.Neon, databases.Supabase, _options.Home, both.Token).ConfigureAwait(false);
                var left = WayDown.Narrow(plan, _migrations, history, _options);
                await drift.RequireAsync(both.Token).ConfigureAwait(false);
                var run = await BeginAsync(databases, both, plan.Resumes).ConfigureAwait(false);
                var gone = await WayDown.RunAsync(run, _migrations, history, left, plan.Resumes is not null, both.Token).ConfigureAwait(false);
                return new MigrationDownRun(left) { GoneSeeds = gone.Whole, PartlyGoneSeeds = gone.Partly, Drift = drift.Found };
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The same migrations under other options, as the command line has them.</summary>
    internal MigrationRunner With(Action<MigrationOptions> configure)
    {
        var options = _options.Copy();
        configure(options);
        return new MigrationRunner(_root, _migrations, options);
    }

    /// <summary>The migrations at hand.</summary>
    internal DualDbMigrations Migrations => _migrations;

    private Task<RecordedHistory> HistoryAsync(CancellationToken cancellationToken) => HistoryReader.ReadAsync(_root.Neon, _root.Supabase, _options.Home, cancellationToken);
}
