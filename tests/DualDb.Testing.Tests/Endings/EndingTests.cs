using System.Diagnostics;

namespace DualDb.Testing.Tests.Endings;

/// <summary>However the process that started servers ends, neither a process nor a folder stays behind.</summary>
public sealed class EndingTests(SharedServers servers)
{
    [Theory]
    [InlineData("dispose", 0)]
    [InlineData("return", 0)]
    [InlineData("exit", 3)]
    public async Task After_an_orderly_end_everything_is_gone_before_the_process_is(string ending, int exitCode)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync(ending, scratch, servers.Neon);

        Assert.Equal(exitCode, await child.ExitCodeAsync());
        Assert.Empty(scratch.Runs);
        Assert.Empty(scratch.Processes);
    }

    [Fact]
    public async Task After_an_unhandled_exception()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("throw", scratch, servers.Neon);

        Assert.NotEqual(0, await child.ExitCodeAsync());
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("KILL")]
    public async Task After_a_signal(string signal)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon);
        Assert.NotEmpty(scratch.Runs);
        Assert.Superset(child.Numbers.ToHashSet(), scratch.Processes.ToHashSet());

        await Signals.SendAsync(signal, child.Id);
        await child.ExitCodeAsync();
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("return")]
    [InlineData("throw")]
    public async Task A_pooler_goes_with_its_owner_too(string ending)
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync(ending, scratch, servers.Neon, "pooler");
        await child.ExitCodeAsync();
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task After_a_kill_with_a_pooler()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon, "pooler");
        Assert.Equal(2, scratch.Runs.Length);
        Assert.True(scratch.Servers.Length > child.Numbers.Length);

        await Signals.SendAsync("KILL", child.Id);
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task After_starts_that_were_cancelled_half_way()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("cancel", scratch, servers.Neon);
        Assert.True(child.Numbers[0] > 0, "No start was cancelled.");

        Assert.Equal(0, await child.ExitCodeAsync());
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task After_a_kill_of_the_whole_process_tree()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("wait", scratch, servers.Neon);

        child.KillTree();
        await scratch.IsLeftEmptyAsync();
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("KILL")]
    public async Task After_a_signal_to_the_whole_process_group(string signal)
    {
        using var scratch = new Scratch();

        // The child leads a group of its own, as a terminal's foreground job does.
        const string Lead = "if command -v setsid >/dev/null; then exec setsid \"$@\"; else exec perl -e 'setpgrp; exec @ARGV' \"$@\"; fi";
        var leader = new ProcessStartInfo("/bin/sh", ["-c", Lead, "sh", .. Child.CommandLine("wait")]);
        using var child = await Child.StartAsync(leader, scratch, servers.Neon);

        await Signals.SendAsync(signal, -child.Id);
        await child.ExitCodeAsync();
        await scratch.IsLeftEmptyAsync();
    }

    [Fact]
    public async Task A_process_that_handles_the_interrupt_keeps_its_servers_until_it_ends()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("interrupted", scratch, servers.Neon);
        Assert.Equal("listening", await child.ReadLineAsync());

        await Signals.SendAsync("INT", child.Id);
        Assert.Equal("worked", await child.ReadLineAsync());
        Assert.Equal(0, await child.ExitCodeAsync());
        Assert.Empty(scratch.Runs);
        Assert.Empty(scratch.Processes);
    }

    [Fact]
    public async Task A_watchdog_that_was_killed_is_not_needed_for_an_orderly_end()
    {
        using var scratch = new Scratch();
        using var child = await Child.StartAsync("interrupted", scratch, servers.Neon);
        await Signals.SendAsync("KILL", scratch.Watchdogs);

        await Signals.SendAsync("INT", child.Id);
        Assert.Equal(0, await child.ExitCodeAsync());
        Assert.Empty(scratch.Runs);
        Assert.Empty(scratch.Processes);
    }

    [Fact]
    public async Task A_strict_umask_hides_nothing_from_the_servers()
    {
        using var scratch = new Scratch();
        var strict = new ProcessStartInfo("/bin/sh", ["-c", "umask 077; exec \"$@\"", "sh", .. Child.CommandLine("dispose", "pooler")]);
        using var child = await Child.StartAsync(strict, scratch, servers.Neon);

        Assert.Equal(0, await child.ExitCodeAsync());
        Assert.Equal(2, child.Numbers.Length);
    }
}
