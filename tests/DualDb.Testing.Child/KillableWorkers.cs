using System.Diagnostics;
using DualDb.Testing;

namespace DualDb.Testing.ChildProcess;

/// <summary>A rig whose workers take no notice of anything that can be ignored, and ways to end without disposing of it.</summary>
internal static class KillableWorkers
{
    private const string Deaf = "trap '' INT TERM HUP QUIT; echo ready; while :; do sleep 1; done";

    public static async Task<int> StartAndEndAsync(string ending)
    {
        var rig = await KillRig.StartAsync(static options =>
        {
            options.Worker = static _ => new ProcessStartInfo("/bin/sh", ["-c", Deaf, "dualdb-test-worker"]);
            options.ReadyLine = "ready";
        });
        Console.WriteLine($"started {string.Join(' ', rig.Workers.Select(static worker => worker.ProcessId))}");
        switch (ending)
        {
            case "wait":
                await Task.Delay(Timeout.InfiniteTimeSpan);
                break;
            case "exit":
                Environment.Exit(3);
                break;
            case "throw":
                throw new InvalidOperationException("Thrown on purpose.");
            case "return":
                break;
            default:
                throw new ArgumentException($"'{ending}' is not a way to end workers.", nameof(ending));
        }

        return 0;
    }
}
