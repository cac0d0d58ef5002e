using System.Globalization;
using System.Text;
using DualDb.Testing.Killing;

namespace DualDb.Testing;

/// <summary>
/// Starts worker processes and then kills and freezes them at random, crashes and restarts servers, and cuts and holds up lines, all from one seed. Afterwards everything runs again, and the test
/// looks at what has become of the data. Linux and macOS.
/// </summary>
/// <example><code>
/// await using var rig = await KillRig.StartAsync(o =&gt;
/// {
///     o.Worker = index =&gt; new ProcessStartInfo("dotnet", ["Worker.dll", line.Rewrite(servers.Neon.ConnectionString)]);
///     o.ReadyLine = "ready";
///     o.Servers.Add(servers.Neon);
///     o.Proxies.Add(line);
/// });
/// await rig.RunAsync(TimeSpan.FromMinutes(3));
/// </code></example>
/// <remarks>
/// The workers end with the rig, and with the process that started it however that ends. Only processes that the rig has started are ever sent a signal.
/// </remarks>
public sealed class KillRig : IAsyncDisposable
{
    private readonly KillRigOptions _options;
    private readonly WorkerGuard _guard;
    private readonly KillLog _log;
    private readonly KillPlan _plan;
    private readonly Disturbances _disturbances;
    private readonly KillRigWorker[] _workers;

    private KillRig(KillRigOptions options, WorkerGuard guard)
    {
        _options = options;
        _guard = guard;
        _log = new KillLog();
        _plan = new KillPlan(options);
        _workers = [.. Enumerable.Range(0, options.Workers).Select(index => new KillRigWorker(index, options, guard, _log))];
        _disturbances = new Disturbances(options, _workers, _log);
    }

    /// <summary>What everything random is drawn from: with it, and the same options, the same things are done in the same order.</summary>
    public int Seed => _options.Seed;

    /// <summary>The workers, in the order of their numbers.</summary>
    public IReadOnlyList<KillRigWorker> Workers => _workers;

    /// <summary>What was done, to what and when, and what came of it.</summary>
    public IReadOnlyList<KillRigEntry> Log => _log.Entries;

    /// <summary>Starts the workers, and returns when they are ready. Nothing is done to them yet.</summary>
    /// <param name="configure">Says how workers are started and what else there is.</param>
    /// <param name="cancellationToken">Gives up; what was started is ended.</param>
    /// <exception cref="ArgumentException">An option is missing or out of range.</exception>
    /// <exception cref="KillRigException">A worker does not start, or does not say that it is ready.</exception>
    public static async Task<KillRig> StartAsync(Action<KillRigOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new KillRigOptions();
        configure(options);
        KillRigOptions.Check(options);

        var rig = new KillRig(options, await WorkerGuard.StartAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            await Task.WhenAll(rig._workers.Select(worker => worker.StartReadyAsync(cancellationToken))).ConfigureAwait(false);
            return rig;
        }
        catch
        {
            await rig.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How often an action was carried out.</summary>
    /// <param name="action">The action.</param>
    public int Count(KillAction action) => Log.Count(entry => entry.Action == action);

    /// <summary>
    /// Disturbs for a time. When it returns, all workers have been started and go on, all servers are up and all lines are clear; the workers need not have said yet that they are ready. Called again,
    /// it goes on with the plan.
    /// </summary>
    /// <param name="duration">How long.</param>
    /// <param name="cancellationToken">Ends it earlier; everything is mended before the cancellation is thrown.</param>
    /// <exception cref="KillRigException">Something could not be mended, such as a server that does not start again.</exception>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var running = new List<Task>();
        using (var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
        {
            ending.CancelAfter(duration);
            try
            {
                await DisturbAsync(running, ending.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Its time is over.
            }

            await MendAsync(running).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>All that a reader of a failed test needs: the seed, the log, and what each worker said last.</summary>
    public string Report()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Seed {Seed}\n");
        text.AppendJoin('\n', Log).Append('\n');
        foreach (var worker in _workers)
        {
            text.Append(CultureInfo.InvariantCulture, $"--- {worker.Name} said last:\n{worker.Output}\n");
        }

        return text.ToString();
    }

    /// <summary>Ends the workers. Servers and proxies are their owners'.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.CloseAsync().ConfigureAwait(false);
        }

        await _guard.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_workers.Select(static worker => worker.EndAsync())).ConfigureAwait(false);
    }

    private async Task DisturbAsync(List<Task> running, CancellationToken ending)
    {
        if (_plan.IsEmpty)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, ending).ConfigureAwait(false);
        }

        while (true)
        {
            var step = _plan.Next();
            await Task.Delay(step.After, ending).ConfigureAwait(false);
            running.Add(_disturbances.RunAsync(step, ending));
        }
    }

    private async Task MendAsync(List<Task> running)
    {
        try
        {
            // Each mends what it has spoiled, now that the run has ended.
            await Task.WhenAll(running).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new KillRigException($"What was disturbed could not be mended: {exception.Message}\n{Report()}", exception);
        }
        finally
        {
            foreach (var proxy in _options.Proxies)
            {
                proxy.Calm();
            }
        }

        _log.Saw("all", "runs again");
    }
}
