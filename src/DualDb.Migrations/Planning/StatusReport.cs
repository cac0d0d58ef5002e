using DualDb.Migrations.Files;
using DualDb.Migrations.History;

namespace DualDb.Migrations.Planning;

/// <summary>Says how migrations stand, also where history and files disagree.</summary>
internal static class StatusReport
{
    public static MigrationStatus Of(DualDbMigrations migrations, RecordedHistory history)
    {
        var known = migrations.Ordered.Select(static migration => migration.Id).ToHashSet();
        var repeatables = new Repeatables(migrations, history);
        var atHand = migrations.Ordered.Select(migration => Standing(migration.Id, migration, history.Rows.GetValueOrDefault(migration.Id)))
            .Select(standing => standing.Id.IsRepeatable && standing.State == MigrationStandingState.Applied && repeatables.IsPending(standing.Id) ? standing with { State = MigrationStandingState.Pending } : standing)
            .ToList();
        var missing = history.Rows.Values.Where(row => !row.IsReverted && !known.Contains(row.Id)).OrderBy(static row => row.Id).Select(static row => Standing(row.Id, null, row));
        return new MigrationStatus([.. atHand, .. missing], history.Unfinished is { } run ? new UnfinishedMigrationRun(run.RunId, run.IsCompensating, run.Error) { Planned = run.Plan } : null);
    }

    private static MigrationStanding Standing(MigrationId id, Migration? migration, HistoryRow? row)
    {
        var isChanged = migration is not null && !id.IsRepeatable && row is { IsReverted: false } && !HistoryCheck.IsSame(migration, row);
        return new MigrationStanding(id, StateOf(row), migration is not null, isChanged)
        {
            Phase = migration?.Phase ?? default,
            Requires = migration?.Requires ?? [],
            Done = row is { IsReverted: false } ? row.Done : 0,
            Statements = migration?.StatementCount ?? 0,
            IsStatementOpen = row?.Attempt is not null,
            FinishedAt = row?.FinishedAt,
            Duration = row?.Duration,
            Actor = row?.Actor,
            Error = row?.Error,
        };
    }

    private static MigrationStandingState StateOf(HistoryRow? row) => row switch
    {
        null or { IsReverted: true } => MigrationStandingState.Pending,
        { IsApplied: true } => MigrationStandingState.Applied,
        { IsReverting: true } => MigrationStandingState.Reverting,
        _ => MigrationStandingState.Applying,
    };
}
