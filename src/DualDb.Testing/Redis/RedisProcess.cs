using DualDb.Testing.Processes;

namespace DualDb.Testing.Redis;

/// <summary>One Redis server's process, and how to tell that it serves.</summary>
internal sealed class RedisProcess(string program, string folder, RunFolder run, TimeSpan timeout)
{
    private readonly DetachedProcess _process = new("redis", "Redis", folder, run, timeout);
    private readonly string _program = Path.Combine(folder, "redis-server");
    private readonly string _configuration = Path.Combine(folder, "redis.conf");

    /// <summary>The server's process id, or null while it is not running.</summary>
    public int? Id => _process.Id;

    /// <summary>Makes the folder that everything of the server lies in.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _process.CreateFolderAsync(cancellationToken).ConfigureAwait(false);

        // Through a link in the folder: Redis gives itself a command line of its own, which begins with the name it was started
        // by, and the watchdog stops only processes whose command line names the folder.
        await run.Command("ln", "-s", program, _program).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts with the configuration and returns when clients are served; false when the port is taken.</summary>
    public async Task<bool> TryStartAsync(string configuration, CancellationToken cancellationToken)
    {
        run.ThrowIfDisposed();
        await RunFolder.WriteAsync(_configuration, configuration, cancellationToken).ConfigureAwait(false);
        await _process.LaunchAsync([_program, _configuration], cancellationToken).ConfigureAwait(false);
        return await _process.WaitAsync(ServesAsync, log => Failure($"It was not ready within {timeout.TotalSeconds} s.\n{log}"), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="DetachedProcess.SignalAsync"/>
    public Task SignalAsync(string signal, CancellationToken cancellationToken) => _process.SignalAsync(signal, cancellationToken);

    /// <inheritdoc cref="DetachedProcess.WaitForEndAsync"/>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForEndAsync(cancellationToken);

    /// <inheritdoc cref="DetachedProcess.WaitForPauseAsync"/>
    public Task WaitForPauseAsync(CancellationToken cancellationToken) => _process.WaitForPauseAsync(cancellationToken);

    private async Task<bool?> ServesAsync(CancellationToken cancellationToken)
    {
        // In this order: what a dead server said is then complete.
        var ended = _process.HasEnded;
        var log = await _process.ReadLogAsync(cancellationToken).ConfigureAwait(false);
        if (!ended)
        {
            return log.Contains("Ready to accept connections", StringComparison.Ordinal) ? true : null;
        }

        return log.Contains("Address already in use", StringComparison.Ordinal) ? false : throw Failure(log);
    }

    private LocalServerException Failure(string log) =>
        new($"Redis ('{program}') did not start. Look at its last words, and at the options RedisSettings and StartTimeout:\n{DetachedProcess.LastLines(log)}");
}
