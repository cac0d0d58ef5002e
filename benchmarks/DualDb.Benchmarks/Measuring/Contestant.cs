namespace DualDb.Benchmarks.Measuring;

/// <summary>One way of doing what is measured.</summary>
/// <param name="Name">Which one.</param>
/// <param name="RunAsync">Does it so many times in a row; the argument is the number of the first call, to choose keys by, and the number of calls.</param>
/// <param name="BeforeAsync">Prepares each block of calls, unmeasured; null where nothing is to be prepared.</param>
internal sealed record Contestant(string Name, Func<int, int, Task> RunAsync, Func<Task>? BeforeAsync = null)
{
    /// <summary>
    /// Lets several callers make the calls of a block at once. A single caller spends most of a long answer waiting for the server, so that a client
    /// which needs more time can hide it in the waiting; several keep every core busy, and all work counts.
    /// </summary>
    public Contestant With(int callers)
        => this with { RunAsync = (first, calls) => Task.WhenAll(Enumerable.Range(0, callers).Select(caller => RunAsync(first + (caller * calls / callers), calls / callers))) };
}
