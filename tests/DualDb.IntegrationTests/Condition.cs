using System.Diagnostics;

namespace DualDb.IntegrationTests;

/// <summary>Waits for what another process or task is about to do.</summary>
internal static class Condition
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>Returns as soon as the condition holds, and fails the test where it does not within the deadline.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < Deadline, "The condition does not hold within the deadline.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }
}
