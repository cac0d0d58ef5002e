namespace DualDb.Consistency.Sync.Verification.Runs;

/// <summary>Makes a report of a comparison that is kept, as whoever made it had it.</summary>
internal static class KeptReport
{
    public static async Task<VerificationReport> ReadAsync(DatabaseSync sync, VerificationRun run, CancellationToken cancellationToken)
    {
        var kept = run.IsConsistent ? [] : await RunReading.DifferencesAsync(sync.Of(Database.Supabase), run.Id, name: null, after: 0, SyncVerifications.MostDifferences, cancellationToken).ConfigureAwait(false);
        var byName = kept.ToLookup(static difference => difference.Name, StringComparer.Ordinal);
        return new VerificationReport(run.StartedAt, run.Duration, [.. run.Results.Where(static result => !result.IsReference).Select(result => Map(result, byName[result.Name]))])
        {
            References = [.. run.Results.Where(static result => result.IsReference).Select(result => Reference(result, byName[result.Name]))],
        };
    }

    // Not all differences are kept of one that found very many.
    private static MapVerification Map(VerificationResult result, IEnumerable<KeptDifference> kept)
    {
        List<RowDifference> rows = [.. kept.Where(static difference => difference.Kind is not null).Select(static difference => new RowDifference(difference.Name, difference.Key, difference.Kind!.Value, difference.Reason) { KeyText = difference.KeyText })];
        return new MapVerification(result.Name, result.SourceRows, result.TargetRows, rows, (int)result.InFlight, result.IsPartial || rows.Count < result.Differences, result.IsConfirmed, result.Faults);
    }

    private static ReferenceVerification Reference(VerificationResult result, IEnumerable<KeptDifference> kept)
        => new(result.Name, result.SourceRows, [.. kept.Select(static orphan => new OrphanedReference(orphan.Key, orphan.Rows ?? 1))], result.IsPartial, result.IsConfirmed);
}
