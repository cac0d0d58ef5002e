using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DualDb.Caching;

/// <summary>
/// The connection to Redis, and the breaker before it: after a failure nothing is sent until a probe has connected anew and what was missed has been made good. The client's own
/// reconnecting is not relied on: it would send reads over a new connection before anybody had asked what was missed.
/// </summary>
internal sealed class RedisLink : IAsyncDisposable, IDisposable
{
    /// <summary>So many answers in a row have to fail to come in time before the connection is given up.</summary>
    private const int MostTimeouts = 3;

    private static readonly TimeSpan ShortestConnectTimeout = TimeSpan.FromSeconds(1);

    private readonly IRedisConnector _connector;
    private readonly CachingOptions _options;
    private readonly ILogger _logger;
    private readonly Func<IRedisClient, CancellationToken, Task> _recover;
    private readonly Func<CancellationToken, Task> _check;
    private readonly CancellationTokenSource _disposed = new();
    private readonly TaskCompletionSource _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _running;
    private IRedisClient? _client;
    private volatile RedisState _state = RedisState.Disconnected;
    private int _timeouts;

    /// <summary>Creates the link; nothing connects before it is used.</summary>
    /// <param name="connector">Connects.</param>
    /// <param name="options">The options.</param>
    /// <param name="logger">Is told when Redis is lost and found.</param>
    /// <param name="recover">Makes good over a new connection what was missed, and ends by calling <see cref="Open"/>.</param>
    /// <param name="check">Runs now and then while connected.</param>
    public RedisLink(
        IRedisConnector connector,
        CachingOptions options,
        ILogger logger,
        Func<IRedisClient, CancellationToken, Task> recover,
        Func<CancellationToken, Task> check)
    {
        _connector = connector;
        _options = options;
        _logger = logger;
        _recover = recover;
        _check = check;
    }

    public RedisState State => _state;

    /// <summary>Whether Redis may be asked.</summary>
    public bool IsUp => _state == RedisState.Connected;

    /// <summary>Begins to connect, and waits for the first attempt alone: later callers do not wait for a Redis that is away.</summary>
    public ValueTask ReadyAsync()
    {
        if (_firstAttempt.Task.IsCompleted)
        {
            return ValueTask.CompletedTask;
        }

        Start();
        return new ValueTask(_firstAttempt.Task);
    }

    /// <summary>Asks Redis; the default where it is away or does not answer in time. Never fails.</summary>
    public async ValueTask<T?> AskAsync<T>(Func<IRedisClient, Task<T>> ask)
        where T : class
    {
        if (!IsUp || _client is not { } client)
        {
            return null;
        }

        var began = Stopwatch.GetTimestamp();
        try
        {
            var answer = await ask(client).WaitAsync(_options.RedisTimeout).ConfigureAwait(false);
            Volatile.Write(ref _timeouts, 0);
            CacheMeter.RedisDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
            return answer;
        }
        catch (TimeoutException) when (Interlocked.Increment(ref _timeouts) < MostTimeouts)
        {
            return null;
        }
        catch (Exception exception)
        {
            Fail(client, exception);
            return null;
        }
    }

    /// <summary>Lets callers through, once what was missed has been made good.</summary>
    public void Open(IRedisClient client)
    {
        lock (_lock)
        {
            if (_client == client && !_failed.Task.IsCompleted)
            {
                _state = RedisState.Connected;
            }
        }
    }

    /// <summary>Sends nothing more until a probe has succeeded.</summary>
    public void Fail(Exception exception)
    {
        if (_client is { } client)
        {
            Fail(client, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_running is { } running)
        {
            await running.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        CacheMeter.Forget(this);
        _disposed.Cancel();
        _firstAttempt.TrySetResult();
    }

    private void Start()
    {
        lock (_lock)
        {
            // The connection is nobody's flow: neither a caller's activity nor its batching scope.
            using (ExecutionContext.SuppressFlow())
            {
                if (_running is null)
                {
                    CacheMeter.Watch(this, _connector.Address);
                    _running = Task.Run(RunAsync);
                }
            }
        }
    }

    private async Task RunAsync()
    {
        var isTold = false;
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync().ConfigureAwait(false);
                if (isTold)
                {
                    CacheLog.RedisFound(_logger, _connector.Address);
                    isTold = false;
                }

                _firstAttempt.TrySetResult();
                await StayAsync().ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                if (!isTold && !_disposed.IsCancellationRequested)
                {
                    CacheLog.RedisLost(_logger, _connector.Address, exception.Message);
                    isTold = true;
                }
            }

            await CloseAsync().ConfigureAwait(false);
            _firstAttempt.TrySetResult();
            await Task.Delay(_options.RedisRetryDelay, _disposed.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConnectAsync()
    {
        var timeout = _options.RedisTimeout > ShortestConnectTimeout ? _options.RedisTimeout : ShortestConnectTimeout;
        using var late = CancellationTokenSource.CreateLinkedTokenSource(_disposed.Token);
        late.CancelAfter(timeout * 3);
        _state = RedisState.Connecting;
        var connecting = _connector.ConnectAsync(timeout, late.Token);
        IRedisClient client;
        try
        {
            client = await connecting.WaitAsync(late.Token).ConfigureAwait(false);
        }
        catch
        {
            _ = DisposeLaterAsync(connecting);
            throw;
        }

        lock (_lock)
        {
            _client = client;
            _failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _timeouts = 0;
        }

        await _recover(client, late.Token).WaitAsync(late.Token).ConfigureAwait(false);
    }

    /// <summary>Closes a connection that nobody waits for any more, once it is there: it would go on for the life of the process.</summary>
    private static async Task DisposeLaterAsync(Task<IRedisClient> connecting)
    {
        try
        {
            await (await connecting.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return;
        }
    }

    /// <summary>Stays until the connection fails; the exception says why.</summary>
    private async Task StayAsync()
    {
        var failed = _failed.Task;
        var lost = _client!.Lost;
        while (true)
        {
            var pause = Task.Delay(RedisLog.CheckInterval, _disposed.Token);
            await Task.WhenAny(failed, lost, pause).ConfigureAwait(false);
            if (failed.IsCompleted || lost.IsCompleted || _disposed.IsCancellationRequested)
            {
                await failed.WaitAsync(TimeSpan.Zero).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw failed.Exception?.InnerException ?? new IOException("The connection was lost.");
            }

            await _check(_disposed.Token).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync()
    {
        IRedisClient? client;
        lock (_lock)
        {
            client = _client;
            _client = null;
            _state = RedisState.Disconnected;
        }

        if (client is not null)
        {
            try
            {
                await client.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception)
            {
                // It is gone either way; the loop that calls this must go on.
            }
        }
    }

    private void Fail(IRedisClient client, Exception exception)
    {
        lock (_lock)
        {
            if (_client == client)
            {
                _state = RedisState.Disconnected;
                _failed.TrySetException(exception);
            }
        }
    }
}
