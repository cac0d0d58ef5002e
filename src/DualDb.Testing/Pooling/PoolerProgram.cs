using DualDb.Testing.Processes;

namespace DualDb.Testing.Pooling;

/// <summary>Finds the pgbouncer program.</summary>
internal static class PoolerProgram
{
    // Debian's place is missing from an ordinary user's PATH; the others are Homebrew's.
    private static readonly string[] Places = ["/usr/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

    public static string Find(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path)
                ? path
                : throw new LocalServerException($"The option ProgramPath names '{path}', which does not exist. Name the pgbouncer program, or none.");
        }

        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return onPath.Concat(Places).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, "pgbouncer")).FirstOrDefault(File.Exists)
            ?? throw new LocalServerException(
                "PgBouncer was not found in PATH, /usr/sbin, /opt/homebrew/bin or /usr/local/bin. " +
                "Install it (Debian and Ubuntu: `apt-get install pgbouncer`; Fedora: `dnf install pgbouncer`; macOS: `brew install pgbouncer`).");
    }
}
