using System.Text.RegularExpressions;
using DualDb.Testing.Processes;

namespace DualDb.Testing.PostgreSql;

/// <summary>A folder of PostgreSQL server programs that the servers' user can run.</summary>
internal sealed partial record PostgresBinaries(string Directory, Version Version)
{
    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string Initdb => Path.Combine(Directory, "initdb");

    public string PgCtl => Path.Combine(Directory, "pg_ctl");

    /// <summary>Whether the folder holds every program that a server needs.</summary>
    public static bool AreIn(string directory) => Programs.All(program => File.Exists(Path.Combine(directory, program)));

    /// <summary>The binaries in a folder, or null where the user cannot run them (no access, another architecture, a missing library).</summary>
    public static async Task<PostgresBinaries?> TryOpenAsync(string directory, ServerUser user, CancellationToken cancellationToken)
    {
        if (!AreIn(directory))
        {
            return null;
        }

        try
        {
            var answer = await user.Command(Path.Combine(directory, "postgres"), "--version").RunAsync(cancellationToken).ConfigureAwait(false);
            var version = VersionNumber().Match(answer.Output);
            return answer.Succeeded && version.Success ? new PostgresBinaries(directory, Version.Parse(version.Value)) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // What starting a program throws on every system when the file may not or cannot be run.
            return null;
        }
    }

    [GeneratedRegex(@"\d+\.\d+", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionNumber();
}
