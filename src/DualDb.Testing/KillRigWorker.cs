using System.Globalization;
using DualDb.Testing.Killing;
using DualDb.Testing.Processes;

namespace DualDb.Testing;

/// <summary>A worker of a <see cref="KillRig"/>: one process after another in the same place. Members may be called from any thread.</summary>
public sealed class KillRigWorker
{
    private static readonly TimeSpan PauseAfterOwnEnd = TimeSpan.FromSeconds(1);

    private readonly KillRigOptions _options;
    private readonly WorkerGuard _guard;
    private readonly KillLog _log;
    private readonly OutputTail _output;
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly CancellationTokenSource _closed = new();
    private WorkerProcess? _current;
    private Task _watching = Task.CompletedTask;
    private int _starts;
    private int _ownEnds;

    internal KillRigWorker(int index, KillRigOptions options, WorkerGuard guard, KillLog log)
    {
        Index = index;
        _options = options;
        _guard = guard;
        _log = log;
        _output = new OutputTail(options.OutputLines);
    }

    /// <summary>Its number, from 0.</summary>
    public int Index { get; }

    /// <summary>The process that runs now; null between one and the next.</summary>
    public int? ProcessId => Volatile.Read(ref _current) is { HasExited: false } process ? process.Id : null;

    /// <summary>How many processes were started in this place.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>How many of them ended without being killed by the rig. A worker that survives everything has none.</summary>
    public int OwnEnds => Volatile.Read(ref _ownEnds);

    /// <summary>The last lines of output and errors.</summary>
    public string Output => _output.Text;

    /// <summary>How it is called in the log.</summary>
    internal string Name => string.Create(CultureInfo.InvariantCulture, $"worker {Index}");

    /// <summary>Writes a line to the worker's standard input and waits until it says another.</summary>
    /// <param name="line">What is written.</param>
    /// <param name="answer">The whole line of output that answers it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="KillRigException">The worker does not run, ends before it answers, or does not answer within <see cref="KillRigOptions.ReadyTimeout"/>.</exception>
    public async Task AskAsync(string line, string answer, CancellationToken cancellationToken = default)
    {
        var seen = _output.Expect(answer);
        if (Volatile.Read(ref _current) is not { HasExited: false } process || !await process.WriteLineAsync(line).ConfigureAwait(false))
        {
            throw Silent(answer);
        }

        await WaitAsync(seen, answer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Starts a process, unless one runs.</summary>
    internal async Task StartAsync()
    {
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_current is null && !_closed.IsCancellationRequested)
            {
                var process = await WorkerProcess.StartAsync(_options.Worker!(Index), _guard, _output.Add).ConfigureAwait(false);
                Volatile.Write(ref _current, process);
                Interlocked.Increment(ref _starts);
                _log.Saw(Name, string.Create(CultureInfo.InvariantCulture, $"runs as process {process.Id}"));
                _watching = WatchAsync(process);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Starts the first process, and returns when it is ready.</summary>
    internal async Task StartReadyAsync(CancellationToken cancellationToken)
    {
        var ready = _options.ReadyLine is { } line ? _output.Expect(line) : Task.CompletedTask;
        await StartAsync().ConfigureAwait(false);
        await WaitAsync(ready, _options.ReadyLine ?? "", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Kills the process that runs, and returns when it is gone.</summary>
    internal async Task KillAsync()
    {
        Task watching;
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            _current?.Kill();
            watching = _watching;
        }
        finally
        {
            _oneAtATime.Release();
        }

        await watching.ConfigureAwait(false);
    }

    /// <summary>Freezes a process for a time, or until the end of the run. Another may have taken its place by then.</summary>
    internal async Task PauseAsync(int id, Func<Task> time)
    {
        await SignalAsync("STOP", id).ConfigureAwait(false);
        await time().ConfigureAwait(false);
        await SignalAsync("CONT", id).ConfigureAwait(false);
    }

    /// <summary>Starts no more. What runs is the guard's.</summary>
    internal Task CloseAsync() => _closed.CancelAsync();

    /// <summary>Returns when nothing runs, after the guard has done its work.</summary>
    internal Task EndAsync() => _watching;

    private async Task SignalAsync(string signal, int id)
    {
        // Under the lock that the end of a process is noted under, so that no other gets what was meant for one that is gone.
        await _oneAtATime.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_current is { HasExited: false } process && process.Id == id)
            {
                await SignalCommand.SendAsync(signal, id, CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private async Task WatchAsync(WorkerProcess process)
    {
        await process.WaitForEndAsync().ConfigureAwait(false);
        await _guard.RemoveAsync(process.Id).ConfigureAwait(false);
        Volatile.Write(ref _current, null);
        _output.End(Silent);
        if (!process.IsKilled && !_closed.IsCancellationRequested)
        {
            Interlocked.Increment(ref _ownEnds);
            _log.Saw(Name, string.Create(CultureInfo.InvariantCulture, $"ended by itself with exit code {process.ExitCode}"));
            _ = StartLaterAsync();
        }
    }

    // Not at once: one that cannot start would be started for ever and ever.
    private async Task StartLaterAsync()
    {
        await Task.Delay(PauseAfterOwnEnd).ConfigureAwait(false);
        await StartAsync().ConfigureAwait(false);
    }

    private async Task WaitAsync(Task seen, string line, CancellationToken cancellationToken)
    {
        try
        {
            await seen.WaitAsync(_options.ReadyTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Silent(line);
        }
    }

    private KillRigException Silent(string line) => new($"{Name} did not say '{line}'. Its last words:\n{Output}");
}
