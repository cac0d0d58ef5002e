namespace DualDb.Testing.Tests.Endings;

/// <summary>A temporary folder of one test's, open to every user, in which runs leave, or do not leave, their folders.</summary>
internal sealed class Scratch : IDisposable
{
    private const string Watchdog = "dualdb-watchdog";

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
    public int[] Watchdogs => Find(Watchdog);

    /// <summary>
    /// Those of them that are not. They are told apart in one look: between two, a watchdog that has done its work ends, and would
    /// be missing among the watchdogs only.
    /// </summary>
    public int[] Servers => [.. Look().Where(process => !process.Arguments.Contains(Watchdog, StringComparison.Ordinal)).Select(process => process.Id)];

    public Task IsLeftEmptyAsync() =>
        Condition.HoldsAsync(
            () => Runs.Length == 0 && Processes.Length == 0,
            () => $"Left behind: folders {string.Join(", ", Runs)}; processes {string.Join(", ", Processes)}.");

    /// <summary>
    /// Waits until these are the only servers. Others may be seen for a moment: a watchdog's rm that has just removed the folder, and
    /// a child of PostgreSQL's that still has its parent's command line.
    /// </summary>
    public Task HasOnlyAsync(IEnumerable<int> servers)
    {
        var expected = servers.ToHashSet();
        return Condition.HoldsAsync(
            () => expected.SetEquals(Servers),
            () => $"Expected: {string.Join(", ", expected)}; there are {string.Join(", ", Servers)}.");
    }

    public void Dispose()
    {
        // After a test that failed half-way the watchdogs of its children still clean up: what they take away first is not missed, and
        // must not hide why the test failed.
        for (var attempt = 1; Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < 100)
            {
                Thread.Yield();
            }
        }
    }

    private int[] Find(string text) =>
        [.. Look().Where(process => process.Arguments.Contains(text, StringComparison.Ordinal)).Select(process => process.Id)];

    private IEnumerable<(int Id, string Arguments)> Look() =>
        LiveProcesses.List().Where(process => process.Arguments.Contains(Path + "/dualdb-", StringComparison.Ordinal));
}
