using DualDb.Errors;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using DualDb.Migrations.Moving;
using DualDb.Migrations.Planning;
using Npgsql;

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
    /// <exception cref="MigrationFailedException">A way down failed: what comes before it stays applied.</exception>
    public static async Task RunAsync(RunContext run, DualDbMigrations migrations, RecordedHistory history, IReadOnlyList<MigrationId> ids, CancellationToken cancellationToken)
    {
        var byId = migrations.Ordered.ToDictionary(static migration => migration.Id);
        foreach (var id in ids.Where(id => history.Rows[id].IsApplied))
        {
            await RequireOpenAsync(run, byId[id], cancellationToken).ConfigureAwait(false);
        }

        await RunJournal.BeginDownAsync(run, ids, cancellationToken).ConfigureAwait(false);
        run.Reach("way down begun");
        for (var i = 0; i < ids.Count; i++)
        {
            run.Options.Progress?.Report(new MigrationProgress(ids[i], i + 1, ids.Count, MigrationProgressState.Undoing));
            await Step.UndoAsync(run, byId[ids[i]], history.Rows[ids[i]], cancellationToken).ConfigureAwait(false);
            run.Options.Progress?.Report(new MigrationProgress(ids[i], i + 1, ids.Count, MigrationProgressState.Undone));
        }

        await RunJournal.ChangeAsync(run, RunState.Compensated, error: null, cancellationToken).ConfigureAwait(false);
        run.Reach("way down done");
    }

    // Before anything is written down: what is begun has to be finished before anything is applied again.
    private static async Task RequireOpenAsync(RunContext run, Migration migration, CancellationToken cancellationToken)
    {
        foreach (var statement in migration is SqlMigration { Phase: MigrationPhase.Switch } sql ? sql.Up.SelectMany(static segment => segment.Statements).Where(static statement => statement.Kind == StatementKind.Move) : [])
        {
            try
            {
                await new MoveStep(run, (SqlMigration)migration, statement).RequireWayBackAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException exception)
            {
                throw ErrorTranslator.Translate(exception, migration.Id.Database, entity: null, $"Looking whether {migration.Id} can be undone");
            }
        }
    }
}
