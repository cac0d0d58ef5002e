using System.Diagnostics;
using System.Globalization;

namespace DualDb.Testing.Processes;

/// <summary>
/// A server's process that stays in the foreground by itself. A shell detaches it from the terminal and writes its id before the
/// server begins, so that there is no moment in which the run's watchdog does not know of it. Its id and its log lie in its folder,
/// which its command line must name: by that the watchdog tells it from another process of the same number.
/// </summary>
internal sealed class DetachedProcess(string name, string title, string folder, RunFolder run, TimeSpan timeout)
{
    private const string Launch = """
        body='echo "$$" >"$1/$2.pid" && shift 2 && exec "$@"'
        if command -v setsid >/dev/null 2>&1
        then setsid /bin/sh -c "$body" dualdb-server "$@" </dev/null >"$1/$2.log" 2>&1 &
        else
          set -m
          /bin/sh -c "$body" dualdb-server "$@" </dev/null >"$1/$2.log" 2>&1 &
        fi

        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly string _log = Path.Combine(folder, name + ".log");
    private readonly string _pidFile = Path.Combine(folder, name + ".pid");

    /// <summary>The process id, or null while it is not running.</summary>
    public int? Id => Started is { } id && ProcessState.IsAlive(id) && ProcessState.IsNamed(id, folder) ? id : null;

    /// <summary>Whether it was launched and is gone.</summary>
    public bool HasEnded => Started is { } id && !ProcessState.IsAlive(id);

    private int? Started
    {
        get
        {
            try
            {
                return int.TryParse(File.ReadAllText(_pidFile).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>Makes the folder that everything of the server lies in.</summary>
    public async Task CreateFolderAsync(CancellationToken cancellationToken) =>
        await run.Command("mkdir", "-m", "700", folder).RunAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Starts the command in the folder, and returns before it serves.</summary>
    /// <exception cref="ObjectDisposedException">The run's folder is gone.</exception>
    public async Task LaunchAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        var launch = run.Command("/bin/sh", ["-c", Launch, "dualdb-launcher", folder, name, .. command]) with { WorkingDirectory = folder };
        File.Delete(_log);
        File.Delete(_pidFile);
        await launch.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a signal, by its name without "SIG". Nothing happens when the server is not running.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        if (Id is { } id)
        {
            var number = id.ToString(CultureInfo.InvariantCulture);
            await run.Command("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, number).RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Returns when the process is gone.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) =>
        WaitAsync(_ => Task.FromResult(Id is null ? true : (bool?)null), log => Stuck("end", log), cancellationToken);

    /// <summary>Returns when a stop signal has taken effect.</summary>
    public Task WaitForPauseAsync(CancellationToken cancellationToken) =>
        WaitAsync(_ => Task.FromResult(Id is not { } id || ProcessState.IsStopped(id) ? true : (bool?)null), log => Stuck("pause", log), cancellationToken);

    /// <summary>Asks until there is an answer, and throws what <paramref name="late"/> makes of the log when the start timeout passes first.</summary>
    public async Task<bool> WaitAsync(Func<CancellationToken, Task<bool?>> answer, Func<string, LocalServerException> late, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        var began = Stopwatch.GetTimestamp();
        try
        {
            while (true)
            {
                if (await answer(deadline.Token).ConfigureAwait(false) is { } result)
                {
                    // A timer may fire later than it should: what came too late is too late all the same.
                    return Stopwatch.GetElapsedTime(began) <= timeout ? result : throw new OperationCanceledException(deadline.Token);
                }

                await Task.Delay(Poll, deadline.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw late(await ReadLogAsync(cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>What the server said since it was launched; empty before.</summary>
    public async Task<string> ReadLogAsync(CancellationToken cancellationToken) =>
        File.Exists(_log) ? await File.ReadAllTextAsync(_log, cancellationToken).ConfigureAwait(false) : "";

    /// <summary>As much of a log as an error message should hold.</summary>
    public static string LastLines(string log) => string.Join('\n', log.TrimEnd().Split('\n').TakeLast(12));

    private LocalServerException Stuck(string what, string log) =>
        new($"The local {title} server did not {what} within {timeout.TotalSeconds} s. Look at its last words, and at the option StartTimeout:\n{LastLines(log)}");
}
