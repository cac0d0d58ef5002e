namespace DualDb.Testing.Tests.Endings;

/// <summary>A Redis goes with the process that started it, as the servers do.</summary>
public sealed class RedisEndingTests(SharedServers servers)
{
    [Theory]
    [InlineData("dispose")]
    [InlineData("return")]
    [InlineData("throw")]
    public async Task With_its_owners_own_end(string ending)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync(ending, scratch, servers.Neon, "redis");
        Assert.Equal(3, child.Numbers.Length);
        await child.ExitCodeAsync();
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("redis")]
    [InlineData("paused redis")]
    public async Task With_a_kill_of_its_owner(string how)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, how.Split(' '));
        Assert.Equal(2, scratch.Runs.Length);
        Assert.Superset(child.Numbers.ToHashSet(), scratch.Processes.ToHashSet());

        await Signals.SendAsync("KILL", child.Id);
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task With_a_kill_of_its_owners_whole_process_tree()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, "redis");

        child.KillTree();
        await scratch.IsLeftEmptyAsync();
    }
}
