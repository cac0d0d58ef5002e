using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>What one node measured in one piece of a window.</summary>
/// <param name="Window">The window.</param>
/// <param name="BeganAt">When the piece began.</param>
/// <param name="Figures">What was measured.</param>
internal sealed record Rollup(KpiWindow Window, DateTimeOffset BeganAt, Figures Figures);
