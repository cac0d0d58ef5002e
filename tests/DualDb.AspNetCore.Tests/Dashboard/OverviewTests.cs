using System.Text.RegularExpressions;
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

    [Fact]
    public async Task Times_are_shown_by_their_percentiles()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        await app.Db.Notes.CountAsync();

        await Eventually.HoldsAsync(
            async () => Regex.IsMatch((await app.GetAsync("/dualdb?window=minute")).Text, """data-kpi="QueryTime" data-subject="neon".{0,400}p50 [0-9.]+ \w+, p95 [0-9.]+ \w+, p99 [0-9.]+ \w+<""", RegexOptions.Singleline, TimeSpan.FromSeconds(1)),
            "the percentiles are shown");
    }
}
