namespace DualDb.Benchmarks.Measuring;

/// <summary>One way of doing what is measured.</summary>
/// <param name="Name">Which one.</param>
/// <param name="RunAsync">Does it so many times in a row; the argument is the number of the first call, to choose keys by, and the number of calls.</param>
/// <param name="BeforeAsync">Prepares each block of calls, unmeasured; null where nothing is to be prepared.</param>
internal sealed record Contestant(string Name, Func<int, int, Task> RunAsync, Func<Task>? BeforeAsync = null);
