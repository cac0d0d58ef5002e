using System.Diagnostics;

namespace DualDb.IntegrationTests.Repositories.Cancellation;

internal static class Eventually
{
    /// <summary>Asks again until the condition holds or the deadline has passed.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan deadline, string otherwise)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(watch.Elapsed < deadline, $"After {deadline.TotalSeconds:0} s: {otherwise}.");
            await Task.Yield();
        }
    }
}
