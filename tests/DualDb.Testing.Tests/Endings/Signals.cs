using System.Diagnostics;
using System.Globalization;

namespace DualDb.Testing.Tests.Endings;

/// <summary>Sends signals. A negative id is a process group's.</summary>
internal static class Signals
{
    public static async Task SendAsync(string signal, params int[] processes)
    {
        foreach (var process in processes)
        {
            var id = process.ToString(CultureInfo.InvariantCulture);
            using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "kill -s \"$0\" -- \"$1\"", signal, id]) { UseShellExecute = false })!;
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, kill.ExitCode);
        }
    }
}
