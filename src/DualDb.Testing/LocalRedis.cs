using System.Globalization;
using DualDb.Testing.Processes;
using DualDb.Testing.Redis;

namespace DualDb.Testing;

/// <summary>
/// A real Redis (or Valkey) server on a free port of 127.0.0.1, which can be stopped, killed, paused and started again on
/// the same port. In memory alone unless <see cref="LocalRedisOptions.KeepsData"/> says otherwise. Gone without a trace when
/// disposed of, when the process ends and when it is killed. Members may be called from any thread.
/// </summary>
/// <example><code>
/// await using var redis = await LocalRedis.StartAsync(cancellationToken);
/// await using var proxy = await LatencyProxy.StartAsync(redis.Host, redis.Port);
/// var throughProxy = proxy.Rewrite(redis.ConnectionString);
/// </code></example>
/// <remarks>Works on Linux and macOS.</remarks>
public sealed class LocalRedis : IAsyncDisposable
{
    private const int PortAttempts = 10;

    private readonly RunFolder _run;
    private readonly RedisProcess _process;
    private readonly string _configuration;
    private readonly string? _password;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);

    private LocalRedis(RunFolder run, RedisProcess process, string configuration, string? password, int port)
    {
        _run = run;
        _process = process;
        _configuration = configuration;
        _password = password;
        Port = port;
    }

    /// <summary>Whether a server program is installed where <see cref="StartAsync(CancellationToken)"/> would find it, so that a program can go on without.</summary>
    public static bool IsAvailable => !OperatingSystem.IsWindows() && RedisProgram.FindInstalled() is not null;

    /// <summary>Always 127.0.0.1.</summary>
    public string Host => "127.0.0.1";

    /// <summary>The TCP port, the same after a restart.</summary>
    public int Port { get; }

    /// <summary>The address as hosts hand it out: <c>redis://127.0.0.1:port</c>, with <c>:password@</c>, percent-encoded, where there is one.</summary>
    public string ConnectionString =>
        string.Create(CultureInfo.InvariantCulture, $"redis://{(_password is null ? "" : $":{Uri.EscapeDataString(_password)}@")}{Host}:{Port}");

    /// <summary>The process id of the server, or null while it is not running.</summary>
    public int? ProcessId => _process.Id;

    /// <summary>Starts a server with default options and returns when it serves.</summary>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="LocalServerException">Neither Redis nor Valkey is installed, or it does not start; the message says what to do.</exception>
    public static Task<LocalRedis> StartAsync(CancellationToken cancellationToken = default) => StartAsync(static _ => { }, cancellationToken);

    /// <summary>Starts a server and returns when it serves.</summary>
    /// <param name="configure">Changes the options.</param>
    /// <param name="cancellationToken">Gives up; what was started is stopped and removed.</param>
    /// <exception cref="ArgumentException">An option is out of range or a setting cannot be set.</exception>
    /// <exception cref="LocalServerException">Neither Redis nor Valkey is installed, or it does not start; the message says what to do.</exception>
    public static async Task<LocalRedis> StartAsync(Action<LocalRedisOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new LocalRedisOptions();
        configure(options);
        var configuration = new RedisConfiguration(options);
        var program = RedisProgram.Find(options.ProgramPath);

        var run = await RunFolder.CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var folder = Path.Combine(run.Path, "redis");
            var process = new RedisProcess(program, folder, run, options.StartTimeout);
            await process.PrepareAsync(cancellationToken).ConfigureAwait(false);
            for (var attempt = 0; attempt < PortAttempts; attempt++)
            {
                var port = FreePort.Find();
                var text = configuration.ToText(port, folder);
                if (await process.TryStartAsync(text, cancellationToken).ConfigureAwait(false))
                {
                    return new LocalRedis(run, process, text, options.Password, port);
                }
            }

            throw new LocalServerException($"Redis found its port taken {PortAttempts} times in a row. Close programs that hold many ports open.");
        }
        catch
        {
            await run.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the server in an orderly way, paused or not: clients are disconnected, and connecting is refused until it starts again.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still stop.</param>
    /// <exception cref="LocalServerException">The server did not stop within the start timeout.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => AloneAsync(StopAloneAsync, cancellationToken);

    /// <summary>Kills the server at once (SIGKILL), as a crash would, and returns when it is gone.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalServerException">The process did not go within the start timeout.</exception>
    public Task KillAsync(CancellationToken cancellationToken = default) => AloneAsync(KillAloneAsync, cancellationToken);

    /// <summary>Starts the stopped or killed server on its port and returns when it serves. A running server is left alone.</summary>
    /// <param name="cancellationToken">Ends the wait; the server may still start.</param>
    /// <exception cref="LocalServerException">The server did not start within the start timeout, or another program took its port.</exception>
    /// <exception cref="ObjectDisposedException">The server was disposed of.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => AloneAsync(StartAloneAsync, cancellationToken);

    /// <summary>Stops the server and starts it again on the same port: empty, or with its data where <see cref="LocalRedisOptions.KeepsData"/> is set.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalServerException">As for <see cref="StopAsync"/> and <see cref="StartAgainAsync"/>.</exception>
    public Task RestartAsync(CancellationToken cancellationToken = default) => AloneAsync(RestartAloneAsync, cancellationToken);

    /// <summary>
    /// Freezes the server (SIGSTOP): connections stay open and new ones are still taken by the system, but nothing is answered
    /// until <see cref="ResumeAsync"/>.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LocalServerException">The server did not come to a stand within the start timeout.</exception>
    public Task PauseAsync(CancellationToken cancellationToken = default) => AloneAsync(PauseAloneAsync, cancellationToken);

    /// <summary>Lets a paused server go on; what was sent to it in the meantime is carried out now.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task ResumeAsync(CancellationToken cancellationToken = default) => AloneAsync(ResumeAloneAsync, cancellationToken);

    /// <summary>Stops the server and removes its data. Connections that are still open break.</summary>
    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private async Task AloneAsync(Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await action(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task StopAloneAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("TERM", cancellationToken).ConfigureAwait(false);

        // A paused process takes note of no other signal until it goes on.
        await ResumeAloneAsync(cancellationToken).ConfigureAwait(false);
        await _process.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task KillAloneAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("KILL", cancellationToken).ConfigureAwait(false);
        await _process.WaitForEndAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StartAloneAsync(CancellationToken cancellationToken)
    {
        if (_process.Id is null && !await _process.TryStartAsync(_configuration, cancellationToken).ConfigureAwait(false))
        {
            throw new LocalServerException($"The local Redis server could not start again: another program took port {Port} while the server was stopped.");
        }
    }

    private async Task RestartAloneAsync(CancellationToken cancellationToken)
    {
        await StopAloneAsync(cancellationToken).ConfigureAwait(false);
        await StartAloneAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task PauseAloneAsync(CancellationToken cancellationToken)
    {
        await _process.SignalAsync("STOP", cancellationToken).ConfigureAwait(false);
        await _process.WaitForPauseAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task ResumeAloneAsync(CancellationToken cancellationToken) => _process.SignalAsync("CONT", cancellationToken);
}
