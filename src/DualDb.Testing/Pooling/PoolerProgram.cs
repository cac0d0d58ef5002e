using DualDb.Testing.Processes;

namespace DualDb.Testing.Pooling;

/// <summary>Finds the pgbouncer program.</summary>
internal static class PoolerProgram
{
    public static string Find(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path)
                ? path
                : throw new LocalServerException($"The option ProgramPath names '{path}', which does not exist. Name the pgbouncer program, or none.");
        }

        return InstalledProgram.Find("pgbouncer")
            ?? throw new LocalServerException(
                "PgBouncer was not found in PATH, /usr/sbin, /opt/homebrew/bin or /usr/local/bin. " +
                "Install it (Debian and Ubuntu: `apt-get install pgbouncer`; Fedora: `dnf install pgbouncer`; macOS: `brew install pgbouncer`).");
    }
}
