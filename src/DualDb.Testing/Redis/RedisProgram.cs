using DualDb.Testing.Processes;

namespace DualDb.Testing.Redis;

/// <summary>Finds the redis-server program, or Valkey's, which speaks and is configured alike.</summary>
internal static class RedisProgram
{
    public static string? FindInstalled() => InstalledProgram.Find("redis-server", "valkey-server");

    public static string Find(string? path)
    {
        if (path is not null)
        {
            return File.Exists(path)
                ? path
                : throw new LocalServerException($"The option ProgramPath names '{path}', which does not exist. Name the redis-server or valkey-server program, or none.");
        }

        return FindInstalled()
            ?? throw new LocalServerException(
                "Neither redis-server nor valkey-server was found in PATH, /usr/sbin, /opt/homebrew/bin or /usr/local/bin. " +
                "Install one (Debian and Ubuntu: `apt-get install redis-server`; Fedora: `dnf install valkey`; macOS: `brew install redis`).");
    }
}
