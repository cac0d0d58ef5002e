using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Operators;

namespace DualDb.AspNetCore.Tests.Dashboard;

/// <summary>What operators do, and what is kept of it.</summary>
public sealed class ActionTests(DashboardServers servers)
{
    private const string Silence = "/dualdb/alerts/actions/silence";
    private const string Silences = "select count(*) from dualdb.alert_silences";

    private static readonly (string Name, string Value)[] Fields = [("rule", "sync-lag"), ("minutes", "30"), ("reason", "the disks are exchanged")];

    [Fact]
    public async Task What_is_done_is_seen_and_in_the_audit()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, [.. Fields, ("back", "/alerts")]);
        var (_, after) = await app.GetAsync(answer.Headers.Location!.OriginalString, DashboardApp.Operator);

        Assert.Equal(303, (int)answer.StatusCode);
        Assert.Contains("Silenced sync-lag until", after, StringComparison.Ordinal);
        var silence = Assert.Single(await app.Monitoring.Alerts.SilencesAsync());
        Assert.Equal(("sync-lag", "ada-operator", "the disks are exchanged"), (silence.Rule, silence.Who, silence.Reason));
        var entry = Assert.Single(await app.Monitoring.Audit.ListAsync());
        Assert.Equal(new OperatorAction("ada-operator", "alerts/silence", "sync-lag, 30 min", "the disks are exchanged"), entry.What);
        Assert.Equal(AuditOutcome.Done, entry.Outcome);
        Assert.StartsWith("Silenced sync-lag", entry.Detail, StringComparison.Ordinal);
        Assert.Equal(2L, await DashboardPlace.AskAsync<long>(place.Supabase, "select count(*) from dualdb.operator_audit"));
        var (_, page) = await app.GetAsync("/dualdb/audit?actor=ada-operator");
        Assert.Contains("the disks are exchanged", page, StringComparison.Ordinal);
        Assert.DoesNotContain("the disks are exchanged", (await app.GetAsync("/dualdb/audit?actor=eve")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_reader_tries_is_refused_and_in_the_audit()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Reader, Fields);

        Assert.Equal(403, (int)answer.StatusCode);
        Assert.Equal(0L, await DashboardPlace.AskAsync<long>(place.Supabase, Silences));
        var entry = Assert.Single(await app.Monitoring.Audit.ListAsync());
        Assert.Equal(("ada-reader", "alerts/silence", "sync-lag, 30 min", AuditOutcome.Refused), (entry.What.Actor, entry.What.Action, entry.What.Target, entry.Outcome));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data; boundary=none")]
    public async Task What_is_tried_without_a_form_is_refused_and_in_the_audit_too(string? type)
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        using var reader = await app.SendAsync(HttpMethod.Post, Silence, DashboardApp.Reader, Content());
        using var without = await app.SendAsync(HttpMethod.Post, Silence, DashboardApp.Operator, Content());

        Assert.Equal((403, 400), ((int)reader.StatusCode, (int)without.StatusCode));
        var entries = await app.Monitoring.Audit.ListAsync();
        Assert.Equal(["ada-operator", "ada-reader"], entries.Select(static entry => entry.What.Actor).Order(StringComparer.Ordinal));
        Assert.All(entries, static entry => Assert.Equal(("alerts/silence", AuditOutcome.Refused), (entry.What.Action, entry.Outcome)));

        StringContent? Content() => type is null ? null : new StringContent("{}", System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type));
    }

    [Fact]
    public async Task Without_a_token_of_his_own_an_operator_does_nothing()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        using var without = await app.SendAsync(HttpMethod.Post, Silence, DashboardApp.Operator, new FormUrlEncodedContent(Fields.Select(static field => KeyValuePair.Create(field.Name, field.Value))));
        using var others = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, DashboardApp.Reader, Fields);

        Assert.Equal((400, 400), ((int)without.StatusCode, (int)others.StatusCode));
        Assert.Equal(0L, await DashboardPlace.AskAsync<long>(place.Supabase, Silences));
        Assert.All(await app.Monitoring.Audit.ListAsync(), static entry => Assert.Equal(AuditOutcome.Refused, entry.Outcome));
        Assert.Equal(2, (await app.Monitoring.Audit.ListAsync()).Count);
    }

    [Theory]
    [InlineData("minutes", "soon")]
    [InlineData("minutes", "0")]
    [InlineData("minutes", "99999999999999999999")]
    [InlineData("minutes", "")]
    [InlineData("rule", "no-such-rule")]
    [InlineData("reason", "")]
    public async Task What_is_malformed_is_refused_and_in_the_audit(string field, string value)
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, [.. Fields.Where(one => one.Name != field), (field, value)]);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains($"&quot;{field}&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.Equal(0L, await DashboardPlace.AskAsync<long>(place.Supabase, Silences));
        Assert.Equal(AuditOutcome.Refused, Assert.Single(await app.Monitoring.Audit.ListAsync()).Outcome);
    }

    [Fact]
    public async Task What_cannot_be_audited_is_not_done()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await DashboardPlace.RunAsync(place.Supabase, "drop table dualdb.operator_audit");
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, Fields);

        Assert.Equal(503, (int)answer.StatusCode);
        Assert.Equal(0L, await DashboardPlace.AskAsync<long>(place.Supabase, Silences));
    }

    [Fact]
    public async Task What_fails_is_told_without_a_stack_and_in_the_audit()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await DashboardPlace.RunAsync(place.Supabase, "drop table dualdb.alert_silences");
        await using var app = await DashboardApp.StartAsync(place);

        using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, Fields);
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Equal(409, (int)answer.StatusCode);
        Assert.DoesNotContain("   at ", page, StringComparison.Ordinal);
        Assert.Equal(AuditOutcome.Failed, Assert.Single(await app.Monitoring.Audit.ListAsync()).Outcome);
    }

    [Fact]
    public async Task A_form_leads_nowhere_else()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);

        foreach (var back in new[] { "//evil.example", "https://evil.example", "/\\evil.example", "/alerts\r\nX-Evil: 1", "@evil.example", ".evil.example" })
        {
            using var answer = await app.PostAsync("/dualdb/alerts", Silence, DashboardApp.Operator, [.. Fields, ("back", back)]);

            Assert.StartsWith("/dualdb/alerts?m=", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_cached_of_an_entity_is_dropped()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        var draft = new Draft(Guid.NewGuid(), "first");
        await app.Db.Drafts.InsertAsync(draft);
        await app.Db.Drafts.FindAsync(draft.Id);
        await DashboardPlace.RunAsync(place.Supabase, "update drafts set text = 'second'");
        Assert.Equal("first", (await app.Db.Drafts.FindAsync(draft.Id))!.Text);

        using var answer = await app.PostAsync("/dualdb/cache", "/dualdb/cache/actions/drop", DashboardApp.Operator, ("entity", "Draft"), ("reason", "changed by hand"));
        using var unknown = await app.PostAsync("/dualdb/cache", "/dualdb/cache/actions/drop", DashboardApp.Operator, ("entity", "Memo"), ("reason", "changed by hand"));

        Assert.Equal((303, 400), ((int)answer.StatusCode, (int)unknown.StatusCode));
        Assert.Equal("second", (await app.Db.Drafts.FindAsync(draft.Id))!.Text);
        Assert.Contains("data-entity=\"Draft\"", (await app.GetAsync("/dualdb/cache")).Text, StringComparison.Ordinal);
    }
}
