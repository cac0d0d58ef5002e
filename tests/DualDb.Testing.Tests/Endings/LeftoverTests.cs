using System.Diagnostics;

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
        await scratch.HasOnlyAsync(next.Numbers);
        await Signals.SendAsync("TERM", next.Id);
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")] // As on a file system without locks: what cannot be told from a leftover stays.
    public async Task Two_runs_at_once_leave_each_other_alone(string withoutLocks)
    {
        using var scratch = new Scratch();
        var both = await Task.WhenAll(StartAsync(), StartAsync());
        using var first = both[0];
        using var second = both[1];
        Assert.Equal(2, scratch.Runs.Length);

        await Signals.SendAsync("TERM", first.Id);
        await first.ExitCodeAsync();
        await Condition.HoldsAsync(() => scratch.Runs.Length == 1, () => "The first run's folder stays.");
        await scratch.HasOnlyAsync(second.Numbers);

        await Signals.SendAsync("TERM", second.Id);
        await scratch.IsLeftEmptyAsync();

        Task<Child> StartAsync()
        {
            var line = Child.CommandLine("wait");
            var start = new ProcessStartInfo(line[0], line[1..]);
            start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = withoutLocks;
            return Child.StartAsync(start, scratch, servers.Neon);
        }
    }

    [Fact]
    public async Task A_folder_without_an_owner_goes_when_it_is_old_and_whatever_process_has_its_number_stays()
    {
        using var scratch = new Scratch();
        using var innocent = await Child.StartAsync("wait", scratch, servers.Neon);
        var run = scratch.Runs.Single();
        var old = Abandon(run, "old", innocent.Numbers[0], DateTime.UtcNow.AddHours(-2));
        var young = Abandon(run, "young", innocent.Numbers[0], DateTime.UtcNow);
        if (Environment.IsPrivilegedProcess)
        {
            using var chown = Process.Start(new ProcessStartInfo("chown", ["-R", $"--reference={run}", old, young]) { UseShellExecute = false })!;
            await chown.WaitForExitAsync(Sql.Token);
        }

        using var next = await Child.StartAsync("wait", scratch, servers.Neon);
        Assert.False(Directory.Exists(old));
        Assert.True(Directory.Exists(young));
        Assert.Superset(innocent.Numbers.ToHashSet(), scratch.Processes.ToHashSet());

        Directory.Delete(young, recursive: true);
        await Signals.SendAsync("TERM", innocent.Id, next.Id);
        await scratch.IsLeftEmptyAsync();
    }

    /// <summary>Makes what a run leaves that was killed before it named its owner, with a number that another process has now.</summary>
    private static string Abandon(string run, string name, int number, DateTime since)
    {
        var folder = run[..(run.LastIndexOf('-') + 1)] + name;
        Directory.CreateDirectory(Path.Combine(folder, "neon"));
        File.WriteAllText(Path.Combine(folder, "neon", "postmaster.pid"), $"{number}\n");
        Directory.SetLastWriteTimeUtc(folder, since);
        return folder;
    }
}
