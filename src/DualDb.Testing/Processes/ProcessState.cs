using System.Diagnostics;
using System.Globalization;

namespace DualDb.Testing.Processes;

/// <summary>What the system says about a process of any parent.</summary>
internal static class ProcessState
{
    private const char Running = 'R';
    private const char Stopped = 'T';

    /// <summary>Whether the process is there. A zombie, which only waits for its parent to look, is not.</summary>
    public static bool IsAlive(int id) => Of(id) is not (null or 'Z' or 'X' or 'x');

    /// <summary>Whether a stop signal has taken effect. True where there is no telling, such as on macOS.</summary>
    public static bool IsStopped(int id) => !HasProc || Of(id) == Stopped;

    /// <summary>Whether the process was started with, or gave itself, a command line that holds the text. True where there is no telling.</summary>
    public static bool IsNamed(int id, string text) => !HasProc || Read(id, "cmdline")?.Contains(text, StringComparison.Ordinal) == true;

    private static bool HasProc => Directory.Exists("/proc/self");

    private static char? Of(int id)
    {
        if (!HasProc)
        {
            return Exists(id) ? Running : null;
        }

        // "id (name) state …", where the name may hold anything, parentheses too.
        var stat = Read(id, "stat");
        var end = stat?.LastIndexOf(')') ?? -1;
        return end >= 0 && end + 2 < stat!.Length ? stat[end + 2] : null;
    }

    private static string? Read(int id, string name)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/{name}"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is gone, or goes while it is read.
            return null;
        }
    }

    private static bool Exists(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
