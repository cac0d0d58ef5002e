using DualDb.Consistency.Sync.Verification;
using DualDb.Consistency.Sync.Verification.Runs;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Comparisons that operators have asked for in other processes: on another node's dashboard, or at the command line. They are read where they are kept.</summary>
/// <param name="sync">The synchronisation.</param>
/// <param name="since">Those that began before are none of this process's.</param>
internal sealed class AskedComparisons(DatabaseSync sync, DateTimeOffset since)
{
    /// <summary>So many are looked through; of more, the latest tell enough.</summary>
    private const int Most = 20;

    private long _seen;

    /// <summary>Those that were not told of yet, the earliest first; none where they cannot be read, since what is due is done all the same.</summary>
    public async Task<IReadOnlyList<VerificationReport>> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            var runs = (await sync.Verifications.ListAsync(limit: Most, cancellationToken: cancellationToken).ConfigureAwait(false)).Where(run => run.Id > Volatile.Read(ref _seen)).ToList();
            var reports = new List<VerificationReport>();
            foreach (var run in runs.Where(run => run.Reason == VerificationReason.Asked && run.StartedAt >= since).Reverse())
            {
                reports.Add(await KeptReport.ReadAsync(sync, run, cancellationToken).ConfigureAwait(false));
            }

            Volatile.Write(ref _seen, runs.Count > 0 ? runs.Max(static run => run.Id) : Volatile.Read(ref _seen));
            return reports;
        }
        catch (DualDbException)
        {
            return [];
        }
    }
}
