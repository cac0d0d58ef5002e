namespace DualDb.Testing.Tests.Endings;

/// <summary>What a run leaves when even its watchdog was killed, the next run removes, and nothing else.</summary>
public sealed class LeftoverTests(SharedServers servers)
{
    [Fact]
    public async Task The_next_run_stops_and_removes_what_was_left()
    {
        using var scratch = new Scratch();
        using (var killed = await Child.StartAsync("wait", scratch, servers.Neon))
        {
            await Signals.SendAsync("KILL", scratch.Watchdogs);
            await Signals.SendAsync("KILL", killed.Id);
            await killed.ExitCodeAsync();
            Assert.Single(scratch.Runs);
            Assert.Superset(killed.Numbers.ToHashSet(), scratch.Processes.ToHashSet());
        }

        using var next = await Child.StartAsync("wait", scratch, servers.Neon);
        Assert.Single(scratch.Runs);
        Assert.Equal(next.Numbers.Order(), scratch.Processes.Except(scratch.Watchdogs).Order());
        await Signals.SendAsync("TERM", next.Id);
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task Two_runs_at_once_leave_each_other_alone()
    {
        using var scratch = new Scratch();
        var both = await Task.WhenAll(
            Child.StartAsync("wait", scratch, servers.Neon),
            Child.StartAsync("wait", scratch, servers.Neon));
        using var first = both[0];
        using var second = both[1];
        Assert.Equal(2, scratch.Runs.Length);

        await Signals.SendAsync("TERM", first.Id);
        await first.ExitCodeAsync();
        await Condition.HoldsAsync(() => scratch.Runs.Length == 1, () => "The first run's folder stays.");
        Assert.Equal(second.Numbers.Order(), scratch.Processes.Except(scratch.Watchdogs).Order());

        await Signals.SendAsync("TERM", second.Id);
        await scratch.IsLeftEmptyAsync();
    }
}
