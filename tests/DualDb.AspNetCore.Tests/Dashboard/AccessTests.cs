using DualDb.AspNetCore.Tests.Dashboard.Places;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>Who is let in, and what it takes to be mapped at all.</summary>
public sealed class AccessTests(DashboardServers servers)
{
    [Fact]
    public async Task Without_a_policy_it_is_not_mapped()
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);

        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => DashboardApp.StartAsync(place, hasPolicies: false));
        var unknown = await Assert.ThrowsAsync<DualDbConfigurationException>(() => DashboardApp.StartAsync(place, hasPolicies: false, configure: static options => options.ReaderPolicy = "on-call"));
        var nowhere = await Assert.ThrowsAsync<DualDbConfigurationException>(() => DashboardApp.StartAsync(place, map: static app => app.MapDualDbDashboard("/")));

        Assert.Contains("AuthorizeReaders", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Production", refused.Message, StringComparison.Ordinal);
        Assert.Contains("\"on-call\"", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("/dualdb", nowhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_not_added_is_not_mapped()
    {
        var builder = WebApplication.CreateBuilder();
        await using var app = builder.Build();

        Assert.Contains("AddDualDbDashboard", Assert.Throws<DualDbConfigurationException>(() => app.MapDualDbDashboard()).Message, StringComparison.Ordinal);
        Assert.Contains("AddDualDbDashboard<MemoDb>", Assert.Throws<DualDbConfigurationException>(() => app.MapDualDbDashboard<MemoDb>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_development_requests_of_the_same_machine_are_answered_without_a_policy()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, hasPolicies: false, environment: "Development");

        Assert.Equal(200, (await app.GetAsync("/dualdb", who: null)).Status);
        using var acted = await app.PostAsync("/dualdb/alerts", "/dualdb/alerts/actions/silence", who: null, ("rule", "*"), ("minutes", "5"), ("reason", "trying"));
        Assert.Equal(303, (int)acted.StatusCode);
        foreach (var header in new[] { ("X-Forwarded-For", "203.0.113.5"), ("Forwarded", "for=203.0.113.5"), ("Host", "evil.example"), ("Host", "192.0.2.1") })
        {
            Assert.Equal(403, (await app.GetAsync("/dualdb", who: null, header)).Status);
            Assert.Equal(403, (await app.GetAsync("/dualdb/live", who: null, header)).Status);
        }
    }

    [Fact]
    public async Task A_request_of_another_machine_is_refused_without_a_policy()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, hasPolicies: false, environment: "Development", use: static app => app.Use(static (context, next) =>
        {
            context.Connection.RemoteIpAddress = System.Net.IPAddress.Parse("192.0.2.7");
            return next(context);
        }));

        var (status, page) = await app.GetAsync("/dualdb", who: null);

        Assert.Equal(403, status);
        Assert.Contains("DashboardOptions.ReaderPolicy", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operators_read_and_readers_do_not_act_whatever_else_they_may()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var readers = await DashboardApp.StartAsync(place, hasPolicies: false, configure: static options => options.AuthorizeReaders(static policy => policy.RequireRole(DashboardApp.Reader)));
        await using var operators = await DashboardApp.StartAsync(place, hasPolicies: false, configure: static options => options.AuthorizeOperators(static policy => policy.RequireRole(DashboardApp.Operator)));

        Assert.Equal(200, (await readers.GetAsync("/dualdb", DashboardApp.Reader)).Status);
        Assert.Equal(403, (await readers.GetAsync("/dualdb", DashboardApp.Operator)).Status);
        Assert.Equal(200, (await operators.GetAsync("/dualdb", DashboardApp.Operator)).Status);
        Assert.Equal(403, (await operators.GetAsync("/dualdb", DashboardApp.Reader)).Status);
        Assert.DoesNotContain("actions/silence", (await readers.GetAsync("/dualdb/alerts", DashboardApp.Reader)).Text, StringComparison.Ordinal);
        Assert.Contains("actions/silence", (await operators.GetAsync("/dualdb/alerts", DashboardApp.Operator)).Text, StringComparison.Ordinal);
        using var nobody = await readers.PostAsync("/dualdb/alerts", "/dualdb/alerts/actions/silence", DashboardApp.Reader, ("rule", "*"), ("minutes", "5"), ("reason", "trying"));
        Assert.Equal(403, (int)nobody.StatusCode);
    }

    [Fact]
    public async Task An_application_that_opens_its_routes_does_not_open_this_one()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place, map: static app => app.MapGroup("").AllowAnonymous().MapDualDbDashboard("/dualdb"));

        Assert.Equal(403, (await app.GetAsync("/dualdb", who: null)).Status);
        Assert.Equal(403, (await app.GetAsync("/dualdb/live", who: null)).Status);
        Assert.Equal(200, (await app.GetAsync("/dualdb")).Status);
    }

    [Theory]
    [InlineData("/shop/dualdb", "/shop", "", "/dualdb")]
    [InlineData("/admin/databases", "", "", "/admin/databases")]
    [InlineData("/ops/dualdb", "", "/ops", "/dualdb")]
    [InlineData("/shop/north/dualdb", "/shop", "/{tenant}", "/dualdb/")]
    public async Task Its_links_lead_to_itself_wherever_it_is(string root, string pathBase, string group, string prefix)
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(
            place,
            map: routes => routes.MapGroup(group).MapDualDbDashboard(prefix),
            use: app => _ = pathBase.Length > 0 ? app.UsePathBase(pathBase) : app);

        foreach (var path in new[] { root, root + "/", root + "/audit", root + "/audit/", root + "/none/at/all" })
        {
            var (status, page) = await app.GetAsync(path, DashboardApp.Operator);

            Assert.Equal(path.EndsWith("all", StringComparison.Ordinal) ? 404 : 200, status);
            Assert.Contains($"href=\"{root}/queries\"", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"{root}/assets/dashboard.", page, StringComparison.Ordinal);
        }

        using var acted = await app.PostAsync(root + "/alerts", root + "/alerts/actions/silence", DashboardApp.Operator, ("rule", "*"), ("minutes", "5"), ("reason", "trying"), ("back", "/alerts"));
        Assert.StartsWith(root + "/alerts?m=", acted.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(200, (await app.GetAsync(acted.Headers.Location.OriginalString)).Status);
    }
}
