using System.Globalization;

namespace DualDb.Testing.Killing;

/// <summary>Carries out steps. Each mends what it has spoiled when its time is over, or when the run ends; one whose target is being spoiled in that way already is passed over.</summary>
internal sealed class Disturbances(KillRigOptions options, IReadOnlyList<KillRigWorker> workers, KillLog log)
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string Target, string Aspect)> _busy = [];

    /// <summary>Returns when the step is over and mended.</summary>
    /// <param name="step">What to do.</param>
    /// <param name="ending">The end of the run.</param>
    public Task RunAsync(KillStep step, CancellationToken ending) => step.Action switch
    {
        KillAction.KillWorker => AloneAsync(step, workers[step.Target].Name, "process", () => KillAsync(step, workers[step.Target], ending)),
        KillAction.PauseWorker => AloneAsync(step, workers[step.Target].Name, "pause", () => PauseAsync(step, workers[step.Target], ending)),
        KillAction.CrashServer => AloneAsync(step, options.Servers[step.Target].Name, "server", () => StopAsync(step, options.Servers[step.Target], static server => server.KillAsync(), ending)),
        KillAction.RestartServer => AloneAsync(step, options.Servers[step.Target].Name, "server", () => StopAsync(step, options.Servers[step.Target], static server => server.StopAsync(), ending)),
        KillAction.CutLine => AloneAsync(step, Line(step), "cut", () => DoAsync(step, "cut", options.Proxies[step.Target].CutAsync)),
        KillAction.DropReply => AloneAsync(step, Line(step), "drop", () => DoAsync(step, "loses the next reply", () => Drop(options.Proxies[step.Target]))),
        KillAction.DelayLine => AloneAsync(step, Line(step), "delay", () => SpoilAsync(step, Describe(step.Delay) + " slower", proxy => proxy.Delay = step.Delay, static proxy => proxy.Delay = TimeSpan.Zero, ending)),
        KillAction.HoldLine => AloneAsync(step, Line(step), "hold", () => SpoilAsync(step, "held up", static proxy => proxy.Pause(), static proxy => proxy.Resume(), ending)),
        KillAction.RefuseConnections => AloneAsync(step, Line(step), "refuse", () => SpoilAsync(step, "takes no connection", static proxy => proxy.RefuseConnections = true, static proxy => proxy.RefuseConnections = false, ending)),
        _ => throw new ArgumentOutOfRangeException(nameof(step)),
    };

    private static string Line(KillStep step) => string.Create(CultureInfo.InvariantCulture, $"line {step.Target}");

    private static string Describe(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms");

    private static Task Drop(LatencyProxy proxy)
    {
        proxy.DropNextReply();
        return Task.CompletedTask;
    }

    private static async Task LastAsync(TimeSpan time, CancellationToken ending)
        => await Task.Delay(time, ending).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);

    private async Task AloneAsync(KillStep step, string target, string aspect, Func<Task> action)
    {
        lock (_gate)
        {
            if (!_busy.Add((target, aspect)))
            {
                log.Saw(target, $"{step.Action} passed over, since the one before lasts");
                return;
            }
        }

        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _busy.Remove((target, aspect));
            }
        }
    }

    private async Task KillAsync(KillStep step, KillRigWorker worker, CancellationToken ending)
    {
        if (worker.ProcessId is not { } id)
        {
            log.Saw(worker.Name, "not killed, since it does not run");
            return;
        }

        log.Did(step.Action, worker.Name, string.Create(CultureInfo.InvariantCulture, $"SIGKILL to process {id}, another in {Describe(step.Length)}"));
        await worker.KillAsync().ConfigureAwait(false);
        await LastAsync(step.Length, ending).ConfigureAwait(false);
        await worker.StartAsync().ConfigureAwait(false);
    }

    private async Task PauseAsync(KillStep step, KillRigWorker worker, CancellationToken ending)
    {
        if (worker.ProcessId is not { } id)
        {
            log.Saw(worker.Name, "not paused, since it does not run");
            return;
        }

        log.Did(step.Action, worker.Name, string.Create(CultureInfo.InvariantCulture, $"SIGSTOP to process {id} for {Describe(step.Length)}"));
        await worker.PauseAsync(id, () => LastAsync(step.Length, ending)).ConfigureAwait(false);
        log.Saw(worker.Name, worker.ProcessId == id ? "goes on" : "was killed while it was paused");
    }

    private async Task StopAsync(KillStep step, LocalPostgres server, Func<LocalPostgres, Task> stop, CancellationToken ending)
    {
        log.Did(step.Action, server.Name, $"{(step.Action == KillAction.CrashServer ? "crashes" : "stops")}, back in {Describe(step.Length)}");
        await stop(server).ConfigureAwait(false);
        await LastAsync(step.Length, ending).ConfigureAwait(false);
        await server.StartAsync(CancellationToken.None).ConfigureAwait(false);
        log.Saw(server.Name, "is back");
    }

    private async Task DoAsync(KillStep step, string text, Func<Task> action)
    {
        log.Did(step.Action, Line(step), text);
        await action().ConfigureAwait(false);
    }

    private async Task SpoilAsync(KillStep step, string text, Action<LatencyProxy> spoil, Action<LatencyProxy> mend, CancellationToken ending)
    {
        var proxy = options.Proxies[step.Target];
        log.Did(step.Action, Line(step), $"{text} for {Describe(step.Length)}");
        spoil(proxy);
        await LastAsync(step.Length, ending).ConfigureAwait(false);
        mend(proxy);
        log.Saw(Line(step), $"{step.Action} ends");
    }
}
