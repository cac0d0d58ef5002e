using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Planning;
using DualDb.Migrations.Telemetry;

namespace DualDb.Migrations.Running;

/// <summary>Runs a plan under the lock of both databases.</summary>
/// <param name="run">The run.</param>
/// <param name="migrations">The migrations at hand.</param>
/// <param name="plan">What is to be applied, as it stands under the lock.</param>
internal sealed class PlanRun(RunContext run, DualDbMigrations migrations, MigrationPlan plan)
{
    private const string BrokeOff = "A run broke off.";

    private readonly List<MigrationId> _skipped = [];
    private readonly List<MigrationFailedException> _failures = [];
    private readonly List<MigrationId> _undone = [];
    private readonly Dependents _dependents = new();

    /// <summary>The files of rows that were run.</summary>
    public List<MigrationId> Seeded { get; } = [];

    /// <summary>Applies the plan.</summary>
    /// <returns>What was applied, in order.</returns>
    /// <exception cref="MigrationFailedException">Something failed; it says what has become of the rest.</exception>
    /// <exception cref="MigrationInterruptedException">A database could not be reached any more; it says where the run stood.</exception>
    public async Task<IReadOnlyList<MigrationId>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await RunStepsAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationInterruptedException interrupted) when (_failures.Count == 0)
        {
            interrupted.Applied = run.Outcome.Applied;
            throw;
        }
        catch (MigrationInDoubtException asked)
        {
            throw new MigrationInDoubtException(asked.Message + Failed) { Database = asked.Database, Id = asked.Id, Statement = asked.Statement, Applied = run.Outcome.Applied };
        }
        catch (Exception lost) when (_failures.Count > 0 && (lost is MigrationLeaseLostException || (lost is OperationCanceledException && run.Lock.IsLost)))
        {
            throw new MigrationLeaseLostException((lost is MigrationLeaseLostException ? lost : DualLock.Lost()).Message + Failed, lost);
        }
        catch (DualDbException other) when (_failures.Count > 0 && other is not MigrationFailedException)
        {
            // Also where it could not be written down that a statement failed: its own error is what somebody has to put right.
            var first = _failures[0];
            throw Final(first, $"{first.Message}\nThe run ended behind that, and what has become of it may not be written down: {other.Message}", _undone);
        }
    }

    // What was asked or lost is what has to be seen to first; what had failed before is put right behind it.
    private string Failed => string.Concat(_failures.Select(static failure => $"\nBefore that it had failed: {failure.Message}"));

    private async Task<IReadOnlyList<MigrationId>> RunStepsAsync(CancellationToken cancellationToken)
    {
        await RunJournal.BeginAsync(run, plan, cancellationToken).ConfigureAwait(false);
        run.Reach("run begun");
        if (plan.Unfinished is { IsCompensating: true } broken)
        {
            throw await CompensateAsync(null, broken.Error, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < plan.Migrations.Count; i++)
        {
            await ApplyAsync(plan.Migrations[i], i + 1, cancellationToken).ConfigureAwait(false);
        }

        await SeedAsync(cancellationToken).ConfigureAwait(false);
        if (_failures.Count == 0)
        {
            await RunJournal.ChangeAsync(run, RunState.Succeeded, error: null, cancellationToken).ConfigureAwait(false);
            run.Reach("run succeeded");
            return run.Outcome.Applied;
        }

        var first = _failures[0];
        if (run.Options.OnFailure == MigrationFailurePolicy.Compensate)
        {
            throw await CompensateAsync(first, first.Message, cancellationToken).ConfigureAwait(false);
        }

        await RunJournal.ChangeAsync(run, RunState.Failed, first.Message, cancellationToken).ConfigureAwait(false);
        throw Final(first, first.Message, []);
    }

    // Rows need tables: where one of those failed, none are inserted.
    private async Task SeedAsync(CancellationToken cancellationToken)
    {
        foreach (var (seed, checksum) in plan.Seeding.Pending)
        {
            if (_failures.Count > 0)
            {
                _skipped.Add(seed.Id);
                continue;
            }

            try
            {
                await Seeding.ApplyAsync(run, seed, checksum, cancellationToken).ConfigureAwait(false);
                Seeded.Add(seed.Id);
            }
            catch (MigrationFailedException failure)
            {
                _failures.Add(failure);
            }
        }
    }

    private async Task ApplyAsync(PlannedMigration planned, int number, CancellationToken cancellationToken)
    {
        var migration = planned.Migration;
        if (_failures.Count > 0 && (run.Options.OnFailure != MigrationFailurePolicy.Continue || _dependents.Stop(migration)))
        {
            _skipped.Add(migration.Id);
            return;
        }

        var began = run.Clock.GetTimestamp();
        try
        {
            Report(migration, number, MigrationProgressState.Applying);
            await Step.ApplyAsync(run, migration, planned.Row, cancellationToken).ConfigureAwait(false);
            run.Outcome.Add(migration.Id);
            MigrationMeter.Applied(migration.Id);
            MigrationMeter.Ended(migration.Id.Database, run.Clock.GetElapsedTime(began), "applied");
            Report(migration, number, MigrationProgressState.Applied);
        }
        catch (MigrationFailedException failure)
        {
            MigrationMeter.Ended(migration.Id.Database, run.Clock.GetElapsedTime(began), "failed");
            _failures.Add(failure);
            await RecordAsync(migration, failure, cancellationToken).ConfigureAwait(false);
            Report(migration, number, MigrationProgressState.Failed);
            _dependents.Add(migration);
        }
    }

    private void Report(Migration migration, int number, MigrationProgressState state)
        => run.Options.Progress?.Report(new MigrationProgress(migration.Id, number, plan.Migrations.Count, state));

    // Read anew: statements before the one that failed have moved the row on.
    private async Task RecordAsync(Migration migration, MigrationFailedException failure, CancellationToken cancellationToken)
    {
        var history = await HistoryReader.ReadAsync(run.Databases.Neon, run.Databases.Supabase, run.Options.Home, cancellationToken).ConfigureAwait(false);
        await Step.RecordFailureAsync(run, migration, history.Rows.GetValueOrDefault(migration.Id), failure, cancellationToken).ConfigureAwait(false);
        run.Reach("failure recorded");
    }

    private async Task<MigrationFailedException> CompensateAsync(MigrationFailedException? failure, string? reason, CancellationToken cancellationToken)
    {
        var undoing = await Compensation.FindAsync(run, migrations, cancellationToken).ConfigureAwait(false);
        try
        {
            // Before the journal says that it is undone: from then on nothing is applied before that is finished.
            await WayBack.RequireOpenAsync(run, failure is null ? [] : undoing, cancellationToken).ConfigureAwait(false);
            await (failure is null ? Task.CompletedTask : Seeding.NoteTablesAsync(run, cancellationToken)).ConfigureAwait(false);
            await RunJournal.ChangeAsync(run, RunState.Compensating, reason, cancellationToken).ConfigureAwait(false);
            run.Reach("compensation begun");
            await Compensation.RunAsync(run, undoing, _undone, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationInterruptedException interrupted)
        {
            interrupted.Undone = _undone;
            throw;
        }
        catch (WayBackClosedException closed)
        {
            return await GiveUpAsync(failure, reason, closed.Refusal, _undone, cancellationToken).ConfigureAwait(false);
        }

        var gone = await Seeding.ForgetGoneAsync(run, cancellationToken).ConfigureAwait(false);
        await RunJournal.ChangeAsync(run, RunState.Compensated, reason, cancellationToken).ConfigureAwait(false);
        run.Reach("run compensated");
        var rows = (gone.Whole.Count == 0 ? "" : $"\nWith their tables went the rows of {string.Join(", ", gone.Whole)}, which are inserted again when that is asked for.")
            + (gone.Partly.Count == 0 ? "" : $"\nWith some of their tables went a part of the rows of {string.Join(", ", gone.Partly)}, which are not inserted again: write those that are missing into a file of another name.");
        return Final(failure, $"{reason ?? BrokeOff}\nAll that the run had applied was undone: {(_undone.Count == 0 ? "nothing was left of it" : string.Join(", ", _undone))}.{rows}", _undone);
    }

    // A compensation that could never end would keep everybody from applying anything.
    private async Task<MigrationFailedException> GiveUpAsync(MigrationFailedException? failure, string? reason, MigrationFailedException refusal, IReadOnlyList<MigrationId> undone, CancellationToken cancellationToken)
    {
        var message = $"{reason ?? BrokeOff}\nWhat the run had applied was to be undone, and {(undone.Count == 0 ? "nothing was" : $"only {string.Join(", ", undone)} was")}: {refusal.Message}\nPut right what failed and go forward, which applies again what was undone: dualdb migrations resume.";
        await RunJournal.ChangeAsync(run, RunState.Failed, message, cancellationToken).ConfigureAwait(false);
        await Seeding.TryForgetGoneAsync(run, cancellationToken).ConfigureAwait(false);
        run.Reach("compensation given up");
        return Final(failure ?? refusal, message, undone);
    }

    private MigrationFailedException Final(MigrationFailedException? failure, string message, IReadOnlyList<MigrationId> undone) => new(message, failure?.InnerException)
    {
        Id = failure?.Id ?? (plan.Unfinished is { } broken ? PlanSteps.FailedOf(broken) : null) ?? undone.FirstOrDefault(),
        Database = failure?.Database,
        Statement = failure?.Statement,
        Line = failure?.Line,
        Column = failure?.Column,
        SqlState = failure?.SqlState,
        Applied = run.Outcome.Applied,
        AlsoFailed = [.. _failures.Skip(1).Select(static other => other.Id)],
        Skipped = _skipped,
        Compensated = undone,
    };
}
