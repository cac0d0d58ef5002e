namespace DualDb.Testing.Tests.Endings;

/// <summary>A temporary folder of one test's, open to every user, in which runs leave, or do not leave, their folders.</summary>
internal sealed class Scratch : IDisposable
{
    public Scratch()
    {
        Path = Directory.CreateTempSubdirectory("dualdb.test.").FullName;
        if (!OperatingSystem.IsWindows())
        {
            // rwxrwxrwt, as the system's temporary folder.
            File.SetUnixFileMode(Path, (UnixFileMode)0b_001_111_111_111);
        }
    }

    public string Path { get; }

    public string[] Runs => Directory.GetDirectories(Path, "dualdb-*");

    /// <summary>The ids of live processes, servers and watchdogs, whose command line names a run in this folder.</summary>
    public int[] Processes => Find("");

    /// <summary>Those of them that are watchdogs.</summary>
    public int[] Watchdogs => Find("dualdb-watchdog");

    public Task IsLeftEmptyAsync() =>
        Condition.HoldsAsync(
            () => Runs.Length == 0 && Processes.Length == 0,
            () => $"Left behind: folders {string.Join(", ", Runs)}; processes {string.Join(", ", Processes)}.");

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private int[] Find(string text) =>
        [.. LiveProcesses.List()
            .Where(process => process.Arguments.Contains(Path + "/dualdb-", StringComparison.Ordinal) && process.Arguments.Contains(text, StringComparison.Ordinal))
            .Select(process => process.Id)];
}
