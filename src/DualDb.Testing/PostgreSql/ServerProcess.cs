using System.Globalization;
using DualDb.Testing.Processes;

namespace DualDb.Testing.PostgreSql;

/// <summary>
/// One server's process, driven through pg_ctl: it detaches the server from the terminal, so that Ctrl-C reaches the
/// application alone, and knows when a server is ready and when it is gone.
/// </summary>
internal sealed class ServerProcess(string dataDirectory, PostgresBinaries binaries, RunFolder run)
{
    private readonly string _log = dataDirectory + ".log";

    private string PidFile => Path.Combine(dataDirectory, "postmaster.pid");

    /// <summary>The server's process id, or null while it is stopped.</summary>
    public int? Id
    {
        get
        {
            try
            {
                var line = File.ReadLines(PidFile).FirstOrDefault();
                return int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsAlive(id) ? id : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Starts the server and returns when it accepts connections; false when the port is taken.</summary>
    public async Task<bool> TryStartAsync(int port, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var start = PgCtl("start", "-w", "-t", seconds, "-l", _log, "-o", string.Create(CultureInfo.InvariantCulture, $"-p {port}"));
        File.Delete(_log);
        if (Id is null)
        {
            // Left by a server that was killed. A new one would take a zombie of the same number for a running server.
            File.Delete(PidFile);
        }

        var result = await start.RunAsync(cancellationToken).ConfigureAwait(false);
        if (result.Succeeded)
        {
            return true;
        }

        var log = File.Exists(_log) ? await File.ReadAllTextAsync(_log, cancellationToken).ConfigureAwait(false) : "";
        if (log.Contains("could not bind", StringComparison.Ordinal))
        {
            return false;
        }

        throw new LocalServerException(
            $"A local PostgreSQL {binaries.Version} server did not start on port {port} within {seconds} s. " +
            $"Look at its last words, and at the options PostgreSqlSettings and StartTimeout:\n{result.Text}\n{LastLines(log)}");
    }

    /// <summary>Disconnects every client, stops the server and returns when it is gone. Nothing happens when it is stopped.</summary>
    public Task StopAsync(TimeSpan timeout, CancellationToken cancellationToken) => StopAsync("fast", timeout, cancellationToken);

    /// <summary>
    /// Ends every process of the server at once, as a crash would, and returns when they are gone. SIGKILL to the server alone would leave its children, which keep the data from being opened again.
    /// </summary>
    public Task KillAsync(TimeSpan timeout, CancellationToken cancellationToken) => StopAsync("immediate", timeout, cancellationToken);

    private async Task StopAsync(string mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Id is not { } id)
        {
            return;
        }

        var seconds = Math.Max(1, (int)Math.Ceiling(timeout.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var result = await PgCtl("stop", "-m", mode, "-w", "-t", seconds).RunAsync(cancellationToken).ConfigureAwait(false);
        if (!result.Succeeded && Id is not null)
        {
            throw new LocalServerException($"The local PostgreSQL server with process id {id} did not stop within {seconds} s:\n{result.Text}");
        }
    }

    private Command PgCtl(params string[] arguments) => run.Command(binaries.PgCtl, [.. arguments, "-D", dataDirectory]);

    // A zombie is listed in /proc too, but without a command line. Where there is no /proc, the pid file has to do.
    private static bool IsAlive(int id) =>
        !Directory.Exists("/proc/self") ||
        File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/cmdline")).Length > 0;

    private static string LastLines(string log) => string.Join('\n', log.Split('\n').TakeLast(12));
}
