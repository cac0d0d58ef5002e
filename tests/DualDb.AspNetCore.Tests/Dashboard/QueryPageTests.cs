using System.Diagnostics;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What the page of statements says of real requests.</summary>
public sealed class QueryPageTests(DashboardServers servers)
{
    [Fact]
    public async Task Reads_in_a_loop_are_shown_under_the_route_that_makes_them()
    {
        using var tracing = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(tracing);
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, map: static routes =>
        {
            routes.MapDualDbDashboard("/dualdb");
            routes.MapGet("/notes/{count:int}", static async (int count, MemoDb db) =>
            {
                for (var number = 0; number < count; number++)
                {
                    await db.Notes.FindAsync(Guid.NewGuid());
                }

                return Results.Ok();
            });
        });

        Assert.Equal(200, (await app.GetAsync("/notes/3")).Status);
        Assert.Equal(200, (await app.GetAsync("/notes/15")).Status);
        var (_, page) = await app.GetAsync("/dualdb/queries");
        Assert.Contains("GET /notes/{count:int}", page, StringComparison.Ordinal);
    }
}
