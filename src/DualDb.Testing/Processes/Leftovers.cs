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
            await SweepAsync(folder, own.User, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Stops what runs in a folder and removes it, as the user who owns it. The script looks at the owner again: a name
    /// alone proves nothing.
    /// </summary>
    public static Task SweepAsync(string folder, ServerUser user, CancellationToken cancellationToken) =>
        user.Command("/bin/sh", "-c", WatchdogScript.SweepNow, "dualdb-sweep", folder).RunAsync(cancellationToken);
}
