using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What pages show of what was stored, and of what they were asked.</summary>
public sealed class ContentTests(DashboardServers servers)
{
    private const string Script = "<script>alert('x')</script>";

    [Fact]
    public async Task Stored_markup_is_text()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        await app.Monitoring.Alerts.SilenceAsync(TimeSpan.FromHours(1), "eve" + Script, "reason" + Script);
        await app.Monitoring.Audit.RefuseAsync(new("mallory" + Script, "alerts/" + Script, "target" + Script, "because" + Script), "detail" + Script);
        await DashboardPlace.RunAsync(place.Supabase, $"insert into dualdb.alerts (application, rule, subject, since, severity, words, fired_at, told) values ('memos', 'rule', 'of{Script.Replace("'", "''", StringComparison.Ordinal)}', now(), 'Page', 'words{Script.Replace("'", "''", StringComparison.Ordinal)}', now(), 1)");
        await app.Db.Supabase.QueryAsync<int>($"select 1 as \"<script>alert('x')</script>\"");

        foreach (var (path, marks) in new[]
        {
            ("/dualdb/alerts", (string[])["eve", "reason", "of", "words"]),
            ("/dualdb/audit", ["mallory", "target", "because", "detail"]),
            ("/dualdb/queries", ["select 1 as &quot;"]),
        })
        {
            var (status, page) = await app.GetAsync(path, DashboardApp.Operator);

            Assert.Equal(200, status);
            Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
            foreach (var mark in marks)
            {
                Assert.Contains(mark + "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;", page, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/dualdb?window=<script>")]
    [InlineData("/dualdb?window=1")]
    [InlineData("/dualdb?window=hour&window=day")]
    [InlineData("/dualdb/live?window=never")]
    [InlineData("/dualdb/audit?page=0")]
    [InlineData("/dualdb/audit?page=-1")]
    [InlineData("/dualdb/audit?page=two")]
    [InlineData("/dualdb/audit?page=99999999999999999999")]
    [InlineData("/dualdb/audit?outcome=2")]
    [InlineData("/dualdb/audit?outcome=maybe")]
    [InlineData("/dualdb/audit?from=yesterday")]
    [InlineData("/dualdb/audit?actor=%00")]
    public async Task A_malformed_filter_is_refused_without_a_stack(string address)
    {
        await using var place = await DashboardPlace.CreateAsync(servers, installs: false);
        await using var app = await DashboardApp.StartAsync(place);

        var (status, page) = await app.GetAsync(address);

        Assert.Equal(400, status);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_are_shown_in_pieces()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        await DashboardPlace.RunAsync(
            place.Supabase,
            "insert into dualdb.operator_audit (application, actor, action, target, reason, outcome, detail) select 'memos', 'ada', 'outbox/replay', 'letter ' || n, '', 'done', '' from generate_series(1, 10000) n");

        var (_, first) = await app.GetAsync("/dualdb/audit");
        var (_, second) = await app.GetAsync("/dualdb/audit?page=2");
        var (_, last) = await app.GetAsync("/dualdb/audit?page=200&target=letter");

        Assert.Contains("letter 10000<", first, StringComparison.Ordinal);
        Assert.Equal(50, Count(first, "data-entry="));
        Assert.Contains("rel=\"next\" href=\"/dualdb/audit?page=2\"", first, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", first, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"/dualdb/audit\"", second, StringComparison.Ordinal);
        Assert.Contains("letter 1<", last, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", last, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"/dualdb/audit?page=199&amp;target=letter\"", last, StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
