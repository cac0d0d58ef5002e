using DualDb.Testing.Killing;

namespace DualDb.Testing.Tests.Killing;

/// <summary>What is done comes from the seed alone.</summary>
public sealed class KillPlanTests(SharedServers servers)
{
    [Fact]
    public async Task One_seed_makes_one_plan_and_another_seed_another()
    {
        await using var line = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);
        var options = Options(line, seed: 42);
        Assert.Equal(Steps(options, 500), Steps(options, 500));
        Assert.NotEqual(Steps(options, 500), Steps(Options(line, seed: 43), 500));
    }

    [Fact]
    public async Task Every_action_comes_up_and_every_target_within_its_bounds()
    {
        await using var line = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port);
        var options = Options(line, seed: 1);
        var steps = Steps(options, 2000);
        Assert.Equal(Enum.GetValues<KillAction>(), steps.Select(static step => step.Action).Distinct().Order());
        Assert.Equal([0, 1, 2], steps.Where(static step => step.Action == KillAction.KillWorker).Select(static step => step.Target).Distinct().Order());
        Assert.Equal([0, 1], steps.Where(static step => step.Action == KillAction.CrashServer).Select(static step => step.Target).Distinct().Order());
        Assert.All(steps, step => Assert.InRange(step.After, options.Between.Shortest, options.Between.Longest));
        Assert.All(steps.Where(static step => step.Action == KillAction.PauseWorker), step => Assert.InRange(step.Length, options.WorkerPause.Shortest, options.WorkerPause.Longest));

        // 6 of 24: far from it with 2,000 steps, a weight would be wrong.
        Assert.InRange(steps.Count(static step => step.Action == KillAction.KillWorker), 400, 600);
    }

    [Fact]
    public void What_there_is_nothing_for_is_left_out()
    {
        var options = new KillRigOptions { Seed = 5 };
        Assert.Equal([KillAction.KillWorker, KillAction.PauseWorker], Steps(options, 200).Select(static step => step.Action).Distinct().Order());
        options.Weights.Clear();
        Assert.True(new KillPlan(options).IsEmpty);
    }

    private static List<KillStep> Steps(KillRigOptions options, int count)
    {
        var plan = new KillPlan(options);
        return [.. Enumerable.Range(0, count).Select(_ => plan.Next())];
    }

    private KillRigOptions Options(LatencyProxy line, int seed)
    {
        var options = new KillRigOptions { Seed = seed };
        options.Servers.Add(servers.Neon);
        options.Servers.Add(servers.Supabase);
        options.Proxies.Add(line);
        return options;
    }
}
