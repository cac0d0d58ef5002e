using DualDb.Testing.Processes;

namespace DualDb.Testing.PostgreSql;

/// <summary>Makes data directories: the first with initdb, which takes most of a start's time, the others as copies of it.</summary>
internal static class DataDirectory
{
    public const string SuperUser = "postgres";

    public static async Task CreateAsync(
        string path, PostgresBinaries binaries, string password, ServerSettings settings, RunFolder run, CancellationToken cancellationToken)
    {
        var passwordFile = path + ".password";
        await RunFolder.WriteAsync(passwordFile, password + "\n", cancellationToken).ConfigureAwait(false);
        string[] arguments =
        [
            "--pgdata", path, "--username", SuperUser, "--pwfile", passwordFile, "--auth", "scram-sha-256",
            "--encoding", "UTF8", .. Locale(binaries), "--no-sync",
        ];
        await RunAsync(run.Command(binaries.Initdb, arguments), cancellationToken).ConfigureAwait(false);
        File.Delete(passwordFile);
        await RunFolder.WriteAsync(Path.Combine(path, "postgresql.conf"), settings.ToConfiguration(), cancellationToken).ConfigureAwait(false);
    }

    public static Task CopyAsync(string path, string copy, RunFolder run, CancellationToken cancellationToken) =>
        RunAsync(run.Command("cp", "-Rp", path, copy), cancellationToken);

    /// <summary>Unicode letters and code point order, the same on every system that can do so.</summary>
    private static string[] Locale(PostgresBinaries binaries)
    {
        if (binaries.Version.Major >= 17)
        {
            return ["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"];
        }

        return OperatingSystem.IsMacOS() ? ["--locale", "en_US.UTF-8", "--lc-collate", "C"] : ["--locale", "C.UTF-8"];
    }

    private static async Task RunAsync(Command command, CancellationToken cancellationToken)
    {
        var result = await command.RunAsync(cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded)
        {
            throw new LocalServerException(
                $"A PostgreSQL data directory could not be made: '{command.FileName}' ended with exit code {result.ExitCode}. " +
                $"Look for a full disk or missing rights in its words:\n{result.Text}");
        }
    }
}
