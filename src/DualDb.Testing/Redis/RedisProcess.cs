using System.Diagnostics;
using System.Globalization;
using DualDb.Testing.Processes;

namespace DualDb.Testing.Redis;

/// <summary>
/// One server's process. A shell detaches it from the terminal and writes its id before the server begins, so that there is no
/// moment in which the run's watchdog does not know of it.
/// </summary>
internal sealed class RedisProcess(string program, string folder, RunFolder run, TimeSpan timeout)
{
    // Through a link in the folder: Redis gives itself a command line of its own, which begins with the name it was started
    // by, and the watchdog stops only processes whose command line names the folder.
    private const string Launch = """
        body='echo "$$" >"$1/redis.pid" && exec "$1/redis-server" "$1/redis.conf"'
        if command -v setsid >/dev/null 2>&1
        then setsid /bin/sh -c "$body" dualdb-redis "$1" </dev/null >"$1/redis.log" 2>&1 &
        else
          set -m
          /bin/sh -c "$body" dualdb-redis "$1" </dev/null >"$1/redis.log" 2>&1 &
        fi

        """;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly string _log = Path.Combine(folder, "redis.log");
    private readonly string _pidFile = Path.Combine(folder, "redis.pid");

    /// <summary>The server's process id, or null while it is not running.</summary>
    public int? Id => Started is { } id && ProcessState.IsAlive(id) && ProcessState.IsNamed(id, folder) ? id : null;

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
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await run.Command("mkdir", "-m", "700", folder).RunAsync(cancellationToken).ConfigureAwait(false);
        await run.Command("ln", "-s", program, Path.Combine(folder, "redis-server")).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts with the configuration and returns when clients are served; false when the port is taken.</summary>
    public async Task<bool> TryStartAsync(string configuration, CancellationToken cancellationToken)
    {
        // First of all, since it throws once the folder is gone.
        var launch = run.Command("/bin/sh", "-c", Launch, "dualdb-launcher", folder);
        await RunFolder.WriteAsync(Path.Combine(folder, "redis.conf"), configuration, cancellationToken).ConfigureAwait(false);
        File.Delete(_log);
        File.Delete(_pidFile);
        await launch.RunAsync(cancellationToken).ConfigureAwait(false);
        return await WaitAsync(ServesAsync, log => Failure($"It was not ready within {timeout.TotalSeconds} s.\n{log}"), cancellationToken).ConfigureAwait(false);
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

    private async Task<bool?> ServesAsync(CancellationToken cancellationToken)
    {
        // In this order: what a dead server said is then complete.
        var ended = Started is { } id && !ProcessState.IsAlive(id);
        var log = await ReadLogAsync(cancellationToken).ConfigureAwait(false);
        if (!ended)
        {
            return log.Contains("Ready to accept connections", StringComparison.Ordinal) ? true : null;
        }

        return log.Contains("Address already in use", StringComparison.Ordinal) ? false : throw Failure(log);
    }

    private async Task<bool> WaitAsync(Func<CancellationToken, Task<bool?>> answer, Func<string, LocalServerException> late, CancellationToken cancellationToken)
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

    private async Task<string> ReadLogAsync(CancellationToken cancellationToken) =>
        File.Exists(_log) ? await File.ReadAllTextAsync(_log, cancellationToken).ConfigureAwait(false) : "";

    private LocalServerException Stuck(string what, string log) =>
        new($"The local Redis server did not {what} within {timeout.TotalSeconds} s. Look at its last words, and at the option StartTimeout:\n{LastLines(log)}");

    private LocalServerException Failure(string log) =>
        new($"Redis ('{program}') did not start. Look at its last words, and at the options RedisSettings and StartTimeout:\n{LastLines(log)}");

    private static string LastLines(string log) => string.Join('\n', log.TrimEnd().Split('\n').TakeLast(12));
}
