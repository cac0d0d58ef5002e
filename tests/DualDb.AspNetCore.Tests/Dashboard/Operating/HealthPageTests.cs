using DualDb.AspNetCore.Tests.Dashboard.Places;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

public sealed class HealthPageTests(DashboardServers servers)
{
    [Fact]
    public async Task The_checks_are_shown_with_their_data_in_both_languages_what_is_worst_first()
    {
        await using var app = await OperatedApp.StartAsync(servers, add: static services =>
        {
            services.AddDualDbHealthChecks<MemoDb>(static options => options.WakeNeon = true);
            services.AddHealthChecks().AddCheck("own", static () => throw new InvalidOperationException("it is dear, and not for a page"));
        });

        var page = await app.UntilAsync("/health", "data-check=\"supabase\" data-status=\"healthy\"");
        Assert.Contains("data-check=\"workers\"", page, StringComparison.Ordinal);
        Assert.Contains("<dt>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-check=\"own\"", page, StringComparison.Ordinal);
        Assert.Contains("สุขภาพระบบ", (await app.App.GetAsync("/dualdb/health", DashboardApp.Reader, ("Accept-Language", "th"))).Text, StringComparison.Ordinal);

        app.Place.NeonLine.RefuseConnections = true;
        await app.Place.NeonLine.CutAsync();
        var down = await app.UntilAsync("/health", "data-check=\"neon\" data-status=\"unhealthy\"");
        Assert.Contains("data-health=\"unhealthy\"", down, StringComparison.Ordinal);
        Assert.True(down.IndexOf("data-check=\"neon\"", StringComparison.Ordinal) < down.IndexOf("data-check=\"supabase\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_health_checks_there_is_no_page()
    {
        await using var app = await OperatedApp.StartAsync(servers);

        Assert.Equal(404, (await app.App.GetAsync("/dualdb/health")).Status);
    }
}
