using DualDb.Migrations.Files;
using DualDb.Migrations.History;
using DualDb.Migrations.Planning;

namespace DualDb.Migrations.Running;

/// <summary>
/// Undoes what earlier runs have applied, the last first, in both databases. What is to be undone is written down before anything is, so that a run that broke off can be finished, and nobody applies
/// again meanwhile.
/// </summary>
internal static class WayDown
{
    /// <summary>All that can be undone, in the order in which it is.</summary>
    /// <exception cref="MigrationHistoryException">What was applied and what is at hand disagree.</exception>
    public static IReadOnlyList<MigrationId> All(DualDbMigrations migrations, RecordedHistory history, MigrationOptions options)
    {
        HistoryCheck.Run(migrations, history, options);
        return [.. migrations.Ordered.Reverse().Select(static migration => migration.Id).Where(id => !id.IsRepeatable && history.Rows.TryGetValue(id, out var row) && row.HasEffect)];
    }

    /// <summary>What is left of a way down that broke off; null where none did.</summary>
    public static MigrationDownPlan? Unfinished(DualDbMigrations migrations, RecordedHistory history, MigrationOptions options)
        => history.Unfinished is { IsWayDown: true } broken
            ? new MigrationDownPlan([.. All(migrations, history, options).Where(id => broken.Plan.Contains(id.ToString(), StringComparer.Ordinal))], broken.RunId)
            : null;

    /// <summary>What of a plan is still to be done, as things stand under the lock.</summary>
    /// <exception cref="MigrationHistoryException">Something was applied meanwhile that would have to be undone first.</exception>
    /// <exception cref="DualDbConfigurationException">A migration does not say how it is undone.</exception>
    public static IReadOnlyList<MigrationId> Narrow(MigrationDownPlan plan, DualDbMigrations migrations, RecordedHistory history, MigrationOptions options)
    {
        var all = All(migrations, history, options);
        var left = all.Where(plan.Migrations.Contains).ToList();
        if (history.Unfinished is { IsCompensating: true } other && other.RunId != plan.Resumes)
        {
            throw new MigrationHistoryException($"The run {other.RunId} broke off while it undid what it had applied. Finish that first (RunAsync, or DownAsync with a new plan), and plan again.") { Disagreement = MigrationDisagreement.OtherPlan };
        }

        if (plan.Resumes is null && !all.Take(left.Count).SequenceEqual(left))
        {
            throw new MigrationHistoryException($"{all.First(id => !left.Contains(id))} is applied and is not in the plan of the way down, though it comes behind a part of it. Make a new plan.") { Disagreement = MigrationDisagreement.OtherPlan };
        }

        var byId = migrations.Ordered.ToDictionary(static migration => migration.Id);
        var oneWay = left.Where(id => !byId[id].HasDown).ToList();
        return oneWay.Count == 0
            ? left
            : throw new DualDbConfigurationException(
                $"These do not say how they are undone, and nothing was: {string.Join(", ", oneWay)}. Add a part '-- down:' to each ('-- down: none' where nothing is to be done, CanBeLeft for code).");
    }

    /// <summary>Undoes them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="migrations">The migrations at hand.</param>
    /// <param name="history">What both databases remember.</param>
    /// <param name="ids">What is undone, in this order.</param>
    /// <param name="isBegun">Whether it goes on with a way down that broke off.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The files of rows whose tables went with it.</returns>
    /// <exception cref="MigrationFailedException">A way down failed: what comes before it stays applied.</exception>
    /// <exception cref="MigrationInterruptedException">A database could not be reached any more; it says what was undone.</exception>
    public static async Task<GoneSeeds> RunAsync(RunContext run, DualDbMigrations migrations, RecordedHistory history, IReadOnlyList<MigrationId> ids, bool isBegun, CancellationToken cancellationToken)
    {
        var byId = migrations.Ordered.ToDictionary(static migration => migration.Id);
        List<(Migration Migration, HistoryRow Row)> undoing = [.. ids.Select(id => (byId[id], history.Rows[id]))];
        await RequireOpenAsync(run, isBegun ? [] : undoing, cancellationToken).ConfigureAwait(false);
        if (!isBegun)
        {
            await Seeding.NoteTablesAsync(run, cancellationToken).ConfigureAwait(false);
        }

        await RunJournal.BeginDownAsync(run, ids, cancellationToken).ConfigureAwait(false);
        run.Reach("way down begun");
        var undone = new List<MigrationId>();
        try
        {
            return await UndoAsync(run, undoing, undone, cancellationToken).ConfigureAwait(false);
        }
        catch (MigrationInterruptedException interrupted)
        {
            interrupted.Undone = undone;
            throw;
        }
        catch (DualDbException exception) when (ids.Count > 0 && MigrationInterruptedException.Is(exception))
        {
            // Between two of them, or behind the last one.
            var interrupted = MigrationInterruptedException.Of(ids[Math.Min(undone.Count, ids.Count - 1)], statement: null, isUndoing: true, exception);
            interrupted.Undone = undone;
            throw interrupted;
        }
    }

    private static async Task<GoneSeeds> UndoAsync(RunContext run, List<(Migration Migration, HistoryRow Row)> undoing, List<MigrationId> undone, CancellationToken cancellationToken)
    {
        foreach (var (migration, row) in undoing)
        {
            var number = undone.Count + 1;
            run.Options.Progress?.Report(new MigrationProgress(migration.Id, number, undoing.Count, MigrationProgressState.Undoing));
            try
            {
                await WayBack.UndoAsync(run, migration, row, cancellationToken).ConfigureAwait(false);
            }
            catch (WayBackClosedException closed)
            {
                throw await GiveUpAsync(run, closed.Refusal, undone, cancellationToken).ConfigureAwait(false);
            }

            undone.Add(migration.Id);
            run.Options.Progress?.Report(new MigrationProgress(migration.Id, number, undoing.Count, MigrationProgressState.Undone));
        }

        var gone = await Seeding.ForgetGoneAsync(run, cancellationToken).ConfigureAwait(false);
        await RunJournal.ChangeAsync(run, RunState.Compensated, error: null, cancellationToken).ConfigureAwait(false);
        run.Reach("way down done");
        return gone;
    }

    private static async Task RequireOpenAsync(RunContext run, IEnumerable<(Migration Migration, HistoryRow Row)> undoing, CancellationToken cancellationToken)
    {
        try
        {
            await WayBack.RequireOpenAsync(run, undoing, cancellationToken).ConfigureAwait(false);
        }
        catch (WayBackClosedException closed)
        {
            throw Closed(closed.Refusal, [], "Nothing was undone. Where a run failed behind it, put right what failed and go forward: dualdb migrations resume.");
        }
    }

    // A way down that could never end would keep everybody from applying anything.
    private static async Task<MigrationFailedException> GiveUpAsync(RunContext run, MigrationFailedException refusal, IReadOnlyList<MigrationId> undone, CancellationToken cancellationToken)
    {
        var failure = Closed(
            refusal,
            undone,
            $"The way down ends here: {(undone.Count == 0 ? "nothing" : string.Join(", ", undone))} was undone. Go forward, which applies that again: dualdb migrations resume.");
        await RunJournal.ChangeAsync(run, RunState.Failed, failure.Message, cancellationToken).ConfigureAwait(false);
        await Seeding.TryForgetGoneAsync(run, cancellationToken).ConfigureAwait(false);
        run.Reach("way down given up");
        return failure;
    }

    private static MigrationFailedException Closed(MigrationFailedException refusal, IReadOnlyList<MigrationId> undone, string next)
        => new($"{refusal.Message}\n{next}", refusal) { Id = refusal.Id, Database = refusal.Database, Line = refusal.Line, SqlState = refusal.SqlState, Compensated = undone };
}
