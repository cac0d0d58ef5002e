using System.Collections.Concurrent;
using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>The tool is killed after every statement, as a machine that goes away kills it, and <c>resume</c> brings the plan to its end.</summary>
public sealed class KillTests(ToolServers servers)
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Plan_of_twelve_steps_killed_after_every_statement_is_brought_to_the_same_end_by_resume()
    {
        var points = new ConcurrentQueue<string>(TwelveSteps.Points);
        var killed = 0;

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => WorkAsync()));

        Assert.Equal(TwelveSteps.Points.Count, killed);

        async Task WorkAsync()
        {
            await using var place = await ToolPlace.CreateAsync(servers);
            TwelveSteps.Write(place);
            while (points.TryDequeue(out var point))
            {
                await KillAsync(place, point);
                (await place.RunAsync("migrations", "resume", "--yes", "--json")).EndedWith(0);
                await TwelveSteps.AssertDoneOnceAsync(place, $"killed while {point} waited");
                Interlocked.Increment(ref killed);
            }
        }
    }

    private static async Task KillAsync(ToolPlace place, string point)
    {
        await TwelveSteps.PrepareAsync(place, point);
        var holders = await TwelveSteps.HoldAsync(place);
        var up = place.Start("migrations", "up", "--yes", "--json");
        await Eventually.HoldsAsync(async () => up.HasExited || await TwelveSteps.IsHeldAsync(place), $"{point} is reached");
        up.Kill();
        var result = await up.EndAsync();
        Assert.True(result.ExitCode == 137, $"At {point} it was not killed, and ended with {result.ExitCode}: {result.Error}");

        // What the server still does for the process that is gone ends here, as it does when it notices; and the lease, as time would end it.
        await place.DoAsync("delete from holds; update dualdb.migration_lock set expires_at = '-infinity'; select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'DualDb migrations' and datname = current_database()");
        foreach (var holder in holders)
        {
            await holder.DisposeAsync();
        }
    }
}
