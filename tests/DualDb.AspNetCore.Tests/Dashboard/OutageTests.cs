using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>The page while something is wrong, which is when it is needed.</summary>
public sealed class OutageTests(DashboardServers servers)
{
    [Fact]
    public async Task A_database_that_hangs_holds_up_its_own_parts_alone()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, static options => options.PartTimeout = TimeSpan.FromSeconds(1.5));
        Assert.Equal(200, (await app.GetAsync("/dualdb/nodes")).Status);
        place.SupabaseLine.Pause();

        // All of these answer while it hangs, or the test would never get beyond them.
        var (status, nodes) = (0, "");
        await Eventually.HoldsAsync(
            async () =>
            {
                (status, nodes) = await app.GetAsync("/dualdb/nodes");
                return nodes.Contains("data-failure", StringComparison.Ordinal);
            },
            "it is read anew");
        var (_, overview) = await app.GetAsync("/dualdb");
        foreach (var path in new[] { "/dualdb", "/dualdb/cache", "/dualdb/queries" })
        {
            // What was read while all was well is good for some seconds.
            await Eventually.HoldsAsync(async () => (await app.GetAsync(path)).Text.Contains("data-failure=\"incomplete\"", StringComparison.Ordinal), path + " says that figures are not all");
        }

        var (_, audit) = await app.GetAsync("/dualdb/audit");
        place.SupabaseLine.Resume();

        Assert.Equal(200, status);
        Assert.Contains("data-failure=\"supabase\"", nodes, StringComparison.Ordinal);
        Assert.Contains("Supabase did not answer within 1.5 s", nodes, StringComparison.Ordinal);
        Assert.DoesNotContain("data-failure=\"neon\"", nodes, StringComparison.Ordinal);
        Assert.Contains("data-kpi=\"Availability\"", overview, StringComparison.Ordinal);
        Assert.Contains("data-failure=\"entries\"", audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_away_is_named_and_its_return_is_seen()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();

        var (status, page) = await app.GetAsync("/dualdb/audit");
        place.SupabaseLine.Calm();
        await Eventually.HoldsAsync(async () => (await app.GetAsync("/dualdb/audit")).Text.Contains("Nothing.", StringComparison.Ordinal), "it is read again");

        Assert.Equal(200, status);
        Assert.Contains("data-failure=\"entries\"", page, StringComparison.Ordinal);
        Assert.Contains("Supabase", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Password", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_database_without_our_schema_says_what_to_run()
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);
        await using var app = await DashboardApp.StartAsync(place);

        foreach (var (path, words) in new[] { ("/dualdb/audit", "operators schema is not installed in Supabase. Call InstallAsync()"), ("/dualdb/alerts", "alerts schema is not installed in Supabase. Call InstallAsync()"), ("/dualdb/nodes", "Call their InstallAsync()"), ("/dualdb", "data-failure=\"schema\""), ("/dualdb", "monitoring schema is not installed in Supabase. Call InstallAsync()"), ("/dualdb/cache", "data-failure=\"schema\""), ("/dualdb/queries", "data-failure=\"schema\"") })
        {
            var (status, page) = await app.GetAsync(path);

            Assert.Equal(200, status);
            Assert.Contains(words, page, StringComparison.Ordinal);
        }

        Assert.Contains("data-kpi=\"Availability\"", (await app.GetAsync("/dualdb")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_down_stands_first_and_is_said()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        await Eventually.HoldsAsync(() => app.Monitoring.IsUp(Database.Supabase) == true, "it is up");
        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await Eventually.HoldsAsync(() => app.Monitoring.IsUp(Database.Supabase) == false, "it is down");

        var (_, page) = await app.GetAsync("/dualdb");

        Assert.Contains("id=\"database-supabase\" data-up=\"false\"", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("database-supabase", StringComparison.Ordinal) < page.IndexOf("database-neon", StringComparison.Ordinal), "what is down stands first");
        Assert.Contains("data-kpi=\"Availability\" data-subject=\"supabase\"", page, StringComparison.Ordinal);
        await Eventually.HoldsAsync(async () => (await app.GetAsync("/dualdb")).Text.Contains("data-alert=\"database-down\"", StringComparison.Ordinal), "the alert is shown");
    }
}
