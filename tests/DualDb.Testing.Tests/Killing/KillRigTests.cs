namespace DualDb.Testing.Tests.Killing;

/// <summary>What the rig does to workers.</summary>
public sealed class KillRigTests
{
    private static readonly KillSpan NoTime = new(TimeSpan.Zero, TimeSpan.Zero);

    [Fact]
    public async Task Killed_workers_are_replaced_and_all_run_at_the_end()
    {
        await using var rig = await StartAsync(Workers.Answering, KillAction.KillWorker);
        int?[] before = [.. rig.Workers.Select(static worker => worker.ProcessId)];
        await RunUntilAsync(rig, () => rig.Workers.All(static worker => worker.Starts >= 3));

        Assert.All(rig.Workers, worker => Assert.True(Workers.IsAlive(worker.ProcessId!.Value)));
        Assert.DoesNotContain(rig.Workers, worker => before.Contains(worker.ProcessId));
        Assert.All(before, static id => Assert.False(Workers.IsAlive(id!.Value)));
        Assert.All(rig.Workers, static worker => Assert.Equal(0, worker.OwnEnds));
        Assert.Equal(rig.Workers.Sum(static worker => worker.Starts), rig.Count(KillAction.KillWorker) + rig.Workers.Count);
        await Task.WhenAll(rig.Workers.Select(static worker => worker.AskAsync("a question", "heard a question")));
    }

    [Fact]
    public async Task Paused_workers_stand_still_and_go_on()
    {
        await using var rig = await StartAsync(Workers.Answering, KillAction.PauseWorker, options => options.WorkerPause = new KillSpan(TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        int?[] before = [.. rig.Workers.Select(static worker => worker.ProcessId)];
        using var over = new CancellationTokenSource();
        var running = rig.RunAsync(TimeSpan.FromMinutes(1), over.Token);
        await Condition.HoldsAsync(() => rig.Count(KillAction.PauseWorker) == 3, rig.Report);
        var asked = rig.Workers[0].AskAsync("a question", "heard a question");
        Assert.False(asked.IsCompleted);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        await asked;
        await Task.WhenAll(rig.Workers.Select(static worker => worker.AskAsync("another", "heard another")));
        Assert.Equal(before, rig.Workers.Select(static worker => worker.ProcessId));
    }

    [Fact]
    public async Task A_worker_that_ends_by_itself_is_counted_and_replaced()
    {
        await using var rig = await StartAsync("echo ready; read -r line; echo \"last words: $line\" >&2; exit 7", action: null);
        await Assert.ThrowsAsync<KillRigException>(() => rig.Workers[1].AskAsync("farewell", "never said"));
        await Condition.HoldsAsync(() => rig.Workers[1] is { OwnEnds: 1, Starts: 2, ProcessId: not null }, rig.Report);

        Assert.Contains(rig.Log, static entry => entry.Target == "worker 1" && entry.Text.Contains("exit code 7", StringComparison.Ordinal));
        Assert.Contains("last words: farewell", rig.Workers[1].Output, StringComparison.Ordinal);
        Assert.Contains("last words: farewell", rig.Report(), StringComparison.Ordinal);
        Assert.Contains($"Seed {rig.Seed}", rig.Report(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_worker_that_does_not_start_says_why()
    {
        var missing = await Assert.ThrowsAsync<KillRigException>(() => KillRig.StartAsync(static options =>
        {
            options.Worker = static _ => new("/no/such/program");
            options.ReadyLine = "ready";
        }));
        Assert.Contains("/no/such/program", missing.Message, StringComparison.Ordinal);

        var silent = await Assert.ThrowsAsync<KillRigException>(() => StartAsync("echo unready; read -r line", KillAction.KillWorker, static options => options.ReadyTimeout = TimeSpan.FromMilliseconds(500)));
        Assert.Contains("did not say 'ready'", silent.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Output_is_kept_within_bounds()
    {
        await using var rig = await StartAsync("i=0; while [ $i -lt 2000 ]; do i=$((i + 1)); echo \"line $i\"; done; echo ready; read -r line", action: null, static options => options.OutputLines = 5);
        Assert.Equal(["line 1997", "line 1998", "line 1999", "line 2000", "ready"], rig.Workers[0].Output.Split('\n'));
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => KillRig.StartAsync(static _ => { }));
        await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(Workers.Answering, action: null, static options => options.Weights[KillAction.KillWorker] = -1));
        await Assert.ThrowsAsync<ArgumentException>(() => KillRig.StartAsync(static options => options.Worker = static _ => new("/bin/sh", "-c true")));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KillSpan(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new KillRigOptions { Workers = 0 });
    }

    /// <summary>A rig that does one thing, or nothing, without pauses.</summary>
    internal static Task<KillRig> StartAsync(string program, KillAction? action, Action<KillRigOptions>? configure = null) => KillRig.StartAsync(options =>
    {
        options.Worker = _ => Workers.Start(program);
        options.ReadyLine = "ready";
        options.Seed = 7;
        options.Between = new KillSpan(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10));
        options.Outage = NoTime;
        foreach (var other in Enum.GetValues<KillAction>())
        {
            options.Weights[other] = other == action ? 1 : 0;
        }

        configure?.Invoke(options);
    });

    internal static async Task RunUntilAsync(KillRig rig, Func<bool> condition)
    {
        using var over = new CancellationTokenSource();
        var running = rig.RunAsync(TimeSpan.FromMinutes(5), over.Token);
        await Condition.HoldsAsync(condition, rig.Report);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
