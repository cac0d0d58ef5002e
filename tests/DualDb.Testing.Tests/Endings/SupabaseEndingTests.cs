namespace DualDb.Testing.Tests.Endings;

/// <summary>A Supabase API, and the database where it is its own, goes with the process that started it.</summary>
public sealed class SupabaseEndingTests(SharedServers servers)
{
    [Theory]
    [InlineData("return", "supabase")]
    [InlineData("throw", "supabase own")]
    public async Task With_its_owners_own_end(string ending, string what)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync(ending, scratch, servers.Neon, what.Split(' '));
        Assert.Equal(3, child.Numbers.Length);
        await child.ExitCodeAsync();
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("supabase", 3)]
    [InlineData("supabase own", 4)]
    public async Task With_a_kill_of_its_owner(string what, int processes)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, what.Split(' '));
        Assert.Equal(2, scratch.Runs.Length);
        Assert.Superset(child.Numbers.ToHashSet(), scratch.Processes.ToHashSet());
        Assert.True(scratch.Servers.Length >= processes);

        await Signals.SendAsync("KILL", child.Id);
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task With_a_kill_of_its_owners_whole_process_tree()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, "supabase");

        child.KillTree();
        await scratch.IsLeftEmptyAsync();
    }
}
