using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Verification;

namespace DualDb.Consistency.Monitoring.Measuring;

/// <summary>Measures how long changes take, and how many rows are equal.</summary>
/// <param name="figures">Receives it.</param>
internal sealed class SyncMeasurement(OwnFigures figures) : ISyncObserver
{
    public void Applied(Database source, double lag) => figures.Open.AddDuration(FigureNames.Lag + FigureNames.Of(source), lag);

    public void Verified(VerificationReport report)
    {
        foreach (var map in report.Maps)
        {
            // Of a map without rows on either side, nothing can be said.
            // The larger side is not enough: where each side lacks rows of the other, both have fewer than there are.
            var rows = Math.Max(map.SourceRows + map.Differences.Count(static difference => difference.Kind == DifferenceKind.MissingInSource), map.Differences.Count);
            figures.Open.AddSum(FigureNames.Compared + map.Map, rows);

            // One that ended early found as many differences as it was to find. How many there are nobody knows: it must not look as if all others were equal.
            figures.Open.AddSum(FigureNames.Different + map.Map, map.IsPartial ? rows : map.Differences.Count);
        }
    }
}
