namespace DualDb.Testing.Processes;

/// <summary>Where runs put their folders: the temporary folder, provided that the servers' user can write to it.</summary>
internal static class TemporaryFolder
{
    public static async Task<string> FindAsync(ServerUser user, CancellationToken cancellationToken)
    {
        string[] candidates = [Path.TrimEndingDirectorySeparator(Path.GetTempPath()), "/tmp", "/var/tmp"];
        foreach (var candidate in candidates.Distinct(StringComparer.Ordinal))
        {
            // Asked as that user: root's own temporary folder is often closed to everybody else.
            var test = user.Command("/bin/sh", "-c", "[ -d \"$0\" ] && [ -w \"$0\" ] && [ -x \"$0\" ]", candidate);
            var result = await test.RunAsync(cancellationToken).ConfigureAwait(false);
            if (result.Succeeded)
            {
                return candidate;
            }
        }

        throw new LocalServerException(
            $"None of the folders {string.Join(", ", candidates)} can be written to by user '{user.Name}'. Set TMPDIR to one that can.");
    }
}
