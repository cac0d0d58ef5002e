using System.Diagnostics;
using System.Globalization;

namespace DualDb.Testing.Tests.Endings;

/// <summary>The processes of this machine with their command lines. A zombie has none and is not listed.</summary>
internal static class LiveProcesses
{
    public static IEnumerable<(int Id, string Arguments)> List() => Directory.Exists("/proc/self") ? FromProc() : FromPs();

    private static IEnumerable<(int Id, string Arguments)> FromProc()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) &&
                TryRead(Path.Combine(folder, "cmdline")) is { Length: > 0 } arguments)
            {
                yield return (id, arguments.Replace('\0', ' '));
            }
        }
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while the list was read.
            return null;
        }
    }

    private static IEnumerable<(int Id, string Arguments)> FromPs()
    {
        using var ps = Process.Start(new ProcessStartInfo("ps", ["-axww", "-o", "pid=,args="]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        foreach (var line in ps.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return (int.Parse(line[..space], CultureInfo.InvariantCulture), line[space..]);
        }
    }
}
