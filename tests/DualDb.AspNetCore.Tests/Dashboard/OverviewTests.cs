using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>The first page, over real databases.</summary>
public sealed class OverviewTests(DashboardServers servers)
{
    [Fact]
    public async Task The_first_page_shows_both_databases_and_the_figures()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        var (status, page) = await app.GetAsync("/dualdb");

        Assert.Equal(200, status);
        Assert.Contains("id=\"database-neon\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"database-supabase\"", page, StringComparison.Ordinal);
        Assert.Contains("data-kpi=\"Availability\"", page, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--token-->", page, StringComparison.Ordinal);
        Assert.Equal(200, (await app.GetAsync("/dualdb/")).Status);
    }
}
