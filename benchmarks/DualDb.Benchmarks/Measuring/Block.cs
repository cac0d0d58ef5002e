namespace DualDb.Benchmarks.Measuring;

/// <summary>What one block of calls took.</summary>
/// <param name="Elapsed">Its time.</param>
/// <param name="Bytes">What the whole process allocated meanwhile.</param>
internal sealed record Block(TimeSpan Elapsed, long Bytes);
