using DualDb.Testing.Tests.Endings;

namespace DualDb.Testing.Tests.Killing;

/// <summary>Workers go with the process that started them, however it ends, and although they take no notice of it themselves.</summary>
public sealed class KillEndingTests(SharedServers servers)
{
    [Fact]
    public async Task With_the_rig()
    {
        var rig = await KillRigTests.StartAsync(Workers.Deaf, KillAction.PauseWorker);
        int[] ids = [.. rig.Workers.Select(static worker => worker.ProcessId!.Value)];
        await Signals.SendAsync("STOP", ids[1]);
        await rig.DisposeAsync();
        Assert.DoesNotContain(ids, Workers.IsAlive);
        Assert.All(rig.Workers, static worker => Assert.Equal((1, 0), (worker.Starts, worker.OwnEnds)));
    }

    [Theory]
    [InlineData("return")]
    [InlineData("exit")]
    [InlineData("throw")]
    public async Task With_their_owners_own_end(string ending)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync(ending, scratch, servers.Neon, "rig");
        Assert.Equal(3, child.Numbers.Length);
        await child.ExitCodeAsync();
        await AreGoneAsync(child.Numbers);
    }

    [Fact]
    public async Task With_a_kill_of_their_owner_while_one_is_paused()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, "rig");
        Assert.All(child.Numbers, static id => Assert.True(Workers.IsAlive(id)));
        await Signals.SendAsync("STOP", child.Numbers[0]);
        await Signals.SendAsync("KILL", child.Id);
        await AreGoneAsync(child.Numbers);
    }

    private static Task AreGoneAsync(int[] ids)
        => Condition.HoldsAsync(() => !ids.Any(Workers.IsAlive), () => $"Left behind: {string.Join(", ", ids.Where(Workers.IsAlive))}.");
}
