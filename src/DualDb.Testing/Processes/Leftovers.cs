namespace DualDb.Testing.Processes;

/// <summary>
/// Folders, and servers in them, of runs that were killed together with their watchdog (a container that was stopped, a
/// machine that lost power). The next run of the same user removes them.
/// </summary>
internal static class Leftovers
{
    /// <summary>How the folders of a user's runs are called. By user, since nobody can remove what belongs to others.</summary>
    public static string Prefix(ServerUser user) =>
        "dualdb-" + string.Concat(user.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_')) + "-";

    public static async Task ReapAsync(RunFolder own, CancellationToken cancellationToken)
    {
        // Where locks do nothing (some network file systems), a folder in use could not be told from a leftover.
        if (OwnerFile.IsOrphan(own.Path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(own.Path)!;
        foreach (var folder in Directory.EnumerateDirectories(parent, Prefix(own.User) + "*").Where(OwnerFile.IsOrphan))
        {
            // As the user who owns the folder, and the script looks at the owner again: the name alone proves nothing.
            var sweep = own.User.Command("/bin/sh", "-c", WatchdogScript.SweepNow, "dualdb-sweep", folder);
            await sweep.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
