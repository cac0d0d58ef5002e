namespace DualDb.Migrations.History;

/// <summary>What both databases remember.</summary>
/// <param name="Rows">Their migrations.</param>
/// <param name="LastRun">The last run; null where there was none.</param>
internal sealed record RecordedHistory(IReadOnlyDictionary<MigrationId, HistoryRow> Rows, RunRow? LastRun)
{
    /// <summary>The run that the next one goes on with; null where the last one came to its end.</summary>
    public RunRow? Unfinished => LastRun is { IsUnfinished: true } ? LastRun : null;
}
