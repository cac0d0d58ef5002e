using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Places;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

public sealed class NodePageTests(DashboardServers servers)
{
    private const string Dead = "11111111-1111-4111-8111-111111111111";

    [Fact]
    public async Task Nodes_that_were_not_heard_of_in_time_are_marked_and_named_by_their_application()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DashboardPlace.RunAsync(app.Place.Supabase, $"""
            insert into dualdb.alert_nodes (application, node, signals, seen_at) values ('billing', '{Dead}', '', clock_timestamp() - interval '20 seconds');
            insert into dualdb.outbox_nodes (node, name, expires_at) values ('{Dead}', 'gone:1', clock_timestamp() - interval '1 second')
            """);

        var page = await app.UntilAsync("/nodes", "data-lapsed=\"false\"");

        Assert.Equal(2, Regex.Count(page, $"data-node=\"{Dead}\" data-lapsed=\"true\"", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("<td>billing</td>", page, StringComparison.Ordinal);
        Assert.Contains("<td>memos</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-shown", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_very_many_those_that_count_are_shown_and_how_many_there_are()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DashboardPlace.RunAsync(app.Place.Supabase, "insert into dualdb.alert_nodes (application, node, signals, seen_at) select 'billing', gen_random_uuid(), '', clock_timestamp() - interval '20 seconds' from generate_series(1, 200)");

        // This one's own monitoring is among them, and stands first.
        await app.UntilAsync("/nodes", "<td>memos</td>");
        var page = await app.UntilAsync("/nodes", "data-shown=\"100\"");

        var supabase = page[page.IndexOf("id=\"part-supabase\"", StringComparison.Ordinal)..];
        Assert.Matches("100 of 20[1-9] are shown", supabase);
        Assert.Contains("<td>memos</td>", supabase[..supabase.IndexOf("data-lapsed=\"true\"", StringComparison.Ordinal)], StringComparison.Ordinal);
    }
}
