using DualDb.Testing.Processes;

namespace DualDb.Testing.Downloads;

/// <summary>A folder of the user's that keeps what was downloaded; each entry appears there complete or not at all.</summary>
internal sealed class CacheFolder
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(100);

    private readonly string _path;

    public CacheFolder(string path) => _path = path;

    public static async Task<CacheFolder> FindAsync(ServerUser user, CancellationToken cancellationToken)
    {
        foreach (var candidate in Candidates(user))
        {
            try
            {
                Create(candidate);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            // Asked as the servers' user: root's home, and with it root's usual cache, is closed to others.
            var test = user.Command("/bin/sh", "-c", "cd \"$0\"", candidate);
            var result = await test.RunAsync(cancellationToken).ConfigureAwait(false);
            if (result.Succeeded)
            {
                return new CacheFolder(candidate);
            }
        }

        throw new LocalServerException(
            $"There is no folder to keep downloaded programs in: {string.Join(", ", Candidates(user))} cannot be created or not be entered by user '{user.Name}'. " +
            "Set XDG_CACHE_HOME to a folder that can.");
    }

    /// <summary>The entry's folder. When it is missing, <paramref name="fill"/> fills an empty folder that then takes its place.</summary>
    public async Task<string> GetOrAddAsync(string name, Func<string, Task> fill, CancellationToken cancellationToken)
    {
        var entry = Path.Combine(_path, name);
        if (Directory.Exists(entry))
        {
            return entry;
        }

        var exclusive = await LockAsync(entry + ".lock", cancellationToken).ConfigureAwait(false);
        await using var _ = exclusive.ConfigureAwait(false);
        if (!Directory.Exists(entry))
        {
            // Alone under the lock: what lies there is of a process that was killed while it filled.
            var partial = entry + ".partial";
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }

            Directory.CreateDirectory(partial);
            await fill(partial).ConfigureAwait(false);
            Directory.Move(partial, entry);
        }

        return entry;
    }

    private static void Create(string path)
    {
        if (Directory.Exists(path) || OperatingSystem.IsWindows())
        {
            return;
        }

        Directory.CreateDirectory(path);

        // Also under a strict umask of root's: the programs in it are run by another user.
        const UnixFileMode EnteredByAll =
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute |
            UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        File.SetUnixFileMode(path, EnteredByAll);
    }

    private static IEnumerable<string> Candidates(ServerUser user)
    {
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache))
        {
            yield return Path.Combine(cache, "dualdb");
        }

        if (user.SwitchTo is not null)
        {
            yield return "/var/cache/dualdb";
        }

        if (OperatingSystem.IsMacOS())
        {
            yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "dualdb");
        }
        else if (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ".cache", "dualdb");
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
            }
            catch (IOException)
            {
                // Held by another process, which is downloading. The system frees the lock however that one ends.
                await Task.Delay(LockPoll, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
