namespace DualDb.Testing.Tests.Killing;

/// <summary>What the rig does to servers and lines, on a server of its own since the others are everybody's.</summary>
public sealed class KillServerTests
{
    [Fact]
    public async Task Servers_crash_and_restart_keep_what_was_committed_and_are_up_at_the_end()
    {
        await using var own = await LocalServers.StartAsync();
        await Sql.ScalarAsync(own.Neon.ConnectionString, "create table kept (id int); insert into kept values (1)");
        await using var rig = await KillRigTests.StartAsync(Workers.Answering, KillAction.CrashServer, options =>
        {
            options.Weights[KillAction.RestartServer] = 1;
            options.Servers.Add(own.Neon);
        });
        var before = own.Neon.ProcessId;
        await KillRigTests.RunUntilAsync(rig, () => rig.Count(KillAction.CrashServer) > 0 && rig.Count(KillAction.RestartServer) > 0);

        Assert.NotNull(own.Neon.ProcessId);
        Assert.NotEqual(before, own.Neon.ProcessId);
        Assert.Equal(1L, await Sql.ScalarAsync(own.Neon.ConnectionString, "select count(*) from kept"));
    }

    [Fact]
    public async Task Lines_are_spoiled_and_are_clear_at_the_end()
    {
        await using var own = await LocalServers.StartAsync();
        await using var line = await LatencyProxy.StartAsync(own.Neon.Host, own.Neon.Port);
        KillAction[] lines = [KillAction.CutLine, KillAction.DropReply, KillAction.DelayLine, KillAction.HoldLine, KillAction.RefuseConnections];
        await using var rig = await KillRigTests.StartAsync(Workers.Answering, action: null, options =>
        {
            options.Proxies.Add(line);
            foreach (var action in lines)
            {
                options.Weights[action] = 1;
            }
        });
        await KillRigTests.RunUntilAsync(rig, () => lines.All(action => rig.Count(action) > 0));

        Assert.Equal((TimeSpan.Zero, false), (line.Delay, line.RefuseConnections));
        Assert.Equal(1, await Sql.ScalarAsync(line.Rewrite(own.Neon.ConnectionString), "select 1"));
        Assert.Equal(0, line.DroppedReplies);
    }
}
