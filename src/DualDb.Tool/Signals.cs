using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace DualDb.Tool;

/// <summary>Passes signals on.</summary>
internal static class Signals
{
    /// <summary>Sends a signal to a process; nothing happens where it has ended, or where there are no signals.</summary>
    public static void Send(Process process, PosixSignal signal)
    {
        if (OperatingSystem.IsWindows() || process.HasExited)
        {
            return;
        }

        using var kill = Process.Start("kill", [signal == PosixSignal.SIGTERM ? "-TERM" : "-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
