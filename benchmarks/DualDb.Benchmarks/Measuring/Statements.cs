using DualDb.Testing;

namespace DualDb.Benchmarks.Measuring;

/// <summary>Counts the statements of one call. Apart from the timing, because counting takes time.</summary>
internal static class Statements
{
    public static async Task<int> CountAsync(Func<Task> call)
    {
        // The first calls may open connections and find out about the endpoint.
        await call();
        using var counter = StatementCounter.Start();
        await call();
        return counter.Count;
    }
}
