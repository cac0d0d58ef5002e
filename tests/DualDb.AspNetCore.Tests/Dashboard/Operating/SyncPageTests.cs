using System.Text.RegularExpressions;
using DualDb.AspNetCore.Dashboard.Language;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.AspNetCore.Dashboard.Requests;
using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Sync;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

/// <summary>Sync, conflicts and consistency, with the effect of each action looked up in the databases.</summary>
public sealed class SyncPageTests(DashboardServers servers)
{
    private const string Secret = "aunt <b>Somchai</b>";

    [Fact]
    public async Task What_is_put_aside_is_tried_again_and_given_up_and_a_map_is_filled_and_compared()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await DashboardPlace.RunAsync(app.Place.Supabase, "alter table note_copies add check (text not like 'bad%')");
        await DashboardPlace.RunAsync(app.Place.Neon, "insert into notes (id, text) select gen_random_uuid(), 'bad <script>alert(1)</script> ' || n from generate_series(1, 60) n");
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from dualdb.sync_parked", 60);

        var page = await app.UntilAsync("/sync", "data-count=\"parked\"><a href=\"/dualdb/sync?map=notes\">60<");
        var places = Regex.Matches(page, "data-parked=\"(?<place>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(static match => match.Groups["place"].Value).ToList();
        Assert.Equal(50, places.Count);
        Assert.Contains("data-parked=", await app.PageAsync(OperatedApp.NextOf(page, "parked")!), StringComparison.Ordinal);
        Assert.Equal(400, (await app.App.GetAsync("/dualdb/sync?map=none")).Status);
        Assert.Equal(400, (await app.TryAsync("sync", "backfill", ("map", "none"))).Status);

        await app.DoAsync("sync", "discard", ("change", places[0]));
        Assert.Equal(59L, await app.SupabaseAsync<long>("select count(*) from dualdb.sync_parked"));
        await DashboardPlace.RunAsync(app.Place.Supabase, "alter table note_copies drop constraint note_copies_text_check");
        await app.DoAsync("sync", "retry", ("change", places[1]));
        await app.DoAsync("sync", "retry-all", ("map", "notes"));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from dualdb.sync_parked", 0);
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from note_copies", 59);

        await app.DoAsync("sync", "backfill", ("map", "notes"));
        await app.UntilAsync("/sync", "data-work=\"backfill notes\" data-state=\"done\"");
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from note_copies", 60);
        await app.DoAsync("sync", "pause", ("map", "notes"), ("minutes", "30"));
        await app.UntilAsync("/sync", "data-map=\"notes\" data-paused=\"true\"");
        Assert.Equal(400, (await app.TryAsync("sync", "pause", ("map", "notes"), ("minutes", "soon"))).Status);
        await app.DoAsync("sync", "continue", ("map", "notes"));
        await app.UntilAsync("/sync", "data-map=\"notes\" data-paused=\"false\"");
        await app.DoAsync("sync", "verify", ("map", "notes"));
        await app.UntilAsync("/sync", "data-work=\"verify notes\" data-state=\"done\"");
        Assert.Equal(1L, await app.SupabaseAsync<long>("select count(*) from dualdb.verification_runs where actor = 'ada-operator' and is_consistent"));
    }

    [Fact]
    public async Task Rows_that_differ_are_found_shown_on_both_sides_and_repaired_after_a_dry_run()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        var ids = Enumerable.Range(0, 4).Select(static _ => Guid.NewGuid()).ToList();
        foreach (var id in ids)
        {
            await app.Db.Wishes.InsertAsync(new Wish(id, "a <script>alert(1)</script> lamp", 1, Secret));
        }

        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from wish_copies", 4);
        await DashboardPlace.RunAsync(app.Place.Supabase, $"alter table wish_copies disable trigger all; delete from wish_copies where id = '{ids[0]}'; update wish_copies set priority = 7 where id = '{ids[1]}'; alter table wish_copies enable trigger all");
        Assert.Contains("data-empty=\"runs\"", await app.PageAsync("/consistency"), StringComparison.Ordinal);

        await app.DoAsync("consistency", "verify", ("map", "wishes"));
        var runs = await app.UntilAsync("/consistency", "data-run=\"1\" data-consistent=\"false\"");
        Assert.Contains("data-count=\"missing-in-target\">1<", runs, StringComparison.Ordinal);
        Assert.Contains("data-count=\"different\">1<", runs, StringComparison.Ordinal);

        var number = await app.SupabaseAsync<int>("select number from dualdb.verification_differences where run = 1 and kind = 'different'");
        var run = await app.PageAsync($"/consistency?run=1&row={number}");
        Assert.Contains("data-column=\"priority\" data-differs=\"true\"", run, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", run, StringComparison.Ordinal);
        Assert.DoesNotContain("Somchai", run, StringComparison.Ordinal);
        Assert.DoesNotContain("data-would", run, StringComparison.Ordinal);

        var plan = await app.PageAsync("/consistency?run=1&plan=source");
        Assert.Contains("data-would=\"insert\"", plan, StringComparison.Ordinal);
        Assert.Contains("data-would=\"update\"", plan, StringComparison.Ordinal);
        Assert.Equal(3L, await app.SupabaseAsync<long>("select count(*) from wish_copies"));
        foreach (var malformed in new[] { "run=x", "run=0", "run=1&row=-1", "run=1&plan=both", "run=1&after=x", "before=x" })
        {
            Assert.Equal(400, (await app.App.GetAsync("/dualdb/consistency?" + malformed)).Status);
        }

        Assert.Equal(400, (await app.TryAsync("consistency", "repair", ("run", "1"), ("truth", "both"))).Status);
        await app.DoAsync("consistency", "repair", ("run", "1"), ("truth", "source"));
        await app.UntilAsync("/consistency", "data-work=\"repair 1\" data-state=\"done\"");
        Assert.Equal(4L, await app.SupabaseAsync<long>("select count(*) from wish_copies where priority = 1"));
        Assert.Equal("ada-operator 2", await app.SupabaseAsync<string>("select repaired_by || ' ' || repaired_rows from dualdb.verification_runs"));
        Assert.Contains("data-empty=\"run\"", await app.PageAsync("/consistency?run=77"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conflicts_are_compared_side_by_side_and_decided_one_by_one_and_all_of_a_kind()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        var ids = Enumerable.Range(0, 8).Select(static _ => Guid.NewGuid()).ToList();
        foreach (var id in ids)
        {
            await app.Db.Wishes.InsertAsync(new Wish(id, "a lamp", 1, Secret));
        }

        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from wish_copies", 8);
        await ContradictAsync(app);
        await OutboxPageTests.Until(app.NeonAsync<long>, "select count(*) from dualdb.sync_conflicts where winner = 'open'", 8);

        var list = await app.UntilAsync("/conflicts", "data-count=\"conflicts\">8<");
        var places = Regex.Matches(list, "data-conflict=\"(?<place>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(static match => match.Groups["place"].Value).ToList();
        Assert.Equal(8, places.Count);
        var one = await app.PageAsync("/conflicts?conflict=" + places[0]);
        Assert.Contains("data-column=\"text\" data-differs=\"true\"", one, StringComparison.Ordinal);
        Assert.Contains("data-column=\"giver\" data-differs=\"false\"", one, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;alert(1)", one, StringComparison.Ordinal);
        Assert.DoesNotContain("Somchai", one, StringComparison.Ordinal);
        foreach (var malformed in new[] { "conflict=1", "map=none", "after=mars-1" })
        {
            Assert.Equal(400, (await app.App.GetAsync("/dualdb/conflicts?" + malformed)).Status);
        }

        await app.DoAsync("conflicts", "take-source", ("conflict", places[0]));
        await app.DoAsync("conflicts", "take-target", ("conflict", places[1]));
        await app.DoAsync("conflicts", "merge", ("conflict", places[2]), ("take", "priority"));
        Assert.Equal(400, (await app.TryAsync("conflicts", "merge", ("conflict", places[3]), ("take", "id"))).Status);
        Assert.Equal(5L, await app.NeonAsync<long>("select count(*) from dualdb.sync_conflicts where winner = 'open'"));
        await app.DoAsync("conflicts", "all-merge", ("map", "wishes"), ("pattern", "\"text\", \"priority\""), ("take", "text"));
        await app.UntilAsync("/conflicts", "data-work=\"decide wishes: &quot;text&quot;, &quot;priority&quot;\" data-state=\"done\"");

        Assert.Equal("merged 6, source 1, target 1", await app.NeonAsync<string>("select string_agg(winner || ' ' || count, ', ' order by winner) from (select winner, count(*) from dualdb.sync_conflicts where resolved_by = 'ada-operator' group by winner) w"));
        const string Expected = "neon <script>alert(1)</script> 2: 1, neon <script>alert(1)</script> 3: 1, supabase 2: 5, supabase 3: 1";
        Assert.Equal(Expected, await app.NeonAsync<string>("select string_agg(text || ' ' || priority || ': ' || count, ', ' order by text, priority) from (select text, priority, count(*) from wishes group by text, priority) w"));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, $"select (string_agg(text || ' ' || priority || ': ' || count, ', ' order by text, priority) = '{Expected}')::int::bigint from (select text, priority, count(*) from wish_copies group by text, priority) w", 1);
        Assert.Contains("data-empty=\"patterns\"", await app.UntilAsync("/conflicts?decided=1", "data-winner=\"Merged\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twelve_thousand_open_conflicts_are_counted_in_time_and_the_first_ones_can_be_decided()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await OpenAsync(app, 12_000, """case when n <= 10 then '{"priority": 9}' else '{"text": "other"}' end::jsonb""");

        var page = await app.PageAsync("/conflicts");
        Assert.Contains("data-pattern=\"&quot;text&quot;\"", page, StringComparison.Ordinal);
        Assert.Contains("data-count=\"conflicts\">11990<", page, StringComparison.Ordinal);
        Assert.Contains("data-count=\"conflicts\">10<", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-failure", page, StringComparison.Ordinal);

        await app.DoAsync("conflicts", "all-source", ("map", "wishes"), ("pattern", "\"priority\""));
        await app.UntilAsync("/conflicts", "data-work=\"decide wishes: &quot;priority&quot;\" data-state=\"done\"");
        Assert.Equal("10 1 10", await app.NeonAsync<string>("select count(*) || ' ' || min(id) || ' ' || max(id) from dualdb.sync_conflicts where winner = 'source' and resolved_by = 'ada-operator'"));
        Assert.Contains("10 conflicts decided", await app.UntilAsync("/audit?action=conflicts/all-source", "data-outcome=\"done\""), StringComparison.Ordinal);
        Assert.DoesNotContain("data-pattern=\"&quot;priority&quot;\"", await app.PageAsync("/conflicts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kinds_of_conflicts_beyond_the_first_page_can_be_decided_and_what_cannot_be_is_refused()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await OpenAsync(app, 4, """case n when 1 then '{"text": "other"}' when 2 then '{"priority": 9}' when 3 then '{"text": "other", "priority": 9}' end::jsonb""");

        // The model has not as many columns as would make more kinds than a page holds: the list is what is shown of them.
        var kinds = Enumerable.Range(0, 51).ToList();
        var context = new PartContext(PageLanguage.English, "/dualdb", "conflicts", "", MayAct: true);
        Assert.Contains("data-shown=\"51-51\">51 to 51 of 51<", WholeList.Show(context, kinds, 2, static page => $"/conflicts?patterns={page}", static shown => Html.Of($"{string.Join(',', shown)}")).ToString(), StringComparison.Ordinal);

        Assert.Equal(400, (await app.TryAsync("conflicts", "all-merge", ("map", "wishes"), ("pattern", "\"text\""), ("take", "id"))).Status);
        Assert.Equal(400, (await app.TryAsync("conflicts", "all-merge", ("map", "wishes"), ("pattern", "deleted in the target"))).Status);
        Assert.Equal(400, (await app.TryAsync("conflicts", "all-source", ("map", "none"), ("pattern", "\"text\""))).Status);
        Assert.Equal(400, (await app.TryAsync("conflicts", "all-source", ("map", "wishes"))).Status);

        // Its row is in neither database: there is nothing to merge, and that does not hold up the others.
        await app.DoAsync("conflicts", "all-merge", ("map", "wishes"), ("pattern", "\"text\""), ("take", "text"));
        Assert.Contains("0 conflicts decided, 1 left open", await app.UntilAsync("/audit?action=conflicts/all-merge", "data-outcome=\"done\""), StringComparison.Ordinal);
        await app.DoAsync("conflicts", "all-source", ("map", "wishes"), ("pattern", "deleted in the target"));
        await OutboxPageTests.Until(app.NeonAsync<long>, "select count(*) from dualdb.sync_conflicts where winner = 'open'", 3);
    }

    [Fact]
    public async Task What_one_database_holds_is_shown_while_the_other_is_away()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await OpenAsync(app, 3, """'{"text": "other"}'::jsonb""");
        await app.UntilAsync("/sync", "data-direction=\"neon\"");

        app.Place.SupabaseLine.RefuseConnections = true;
        await app.Place.SupabaseLine.CutAsync();
        await UntilAsync(
            app,
            "/sync",
            ["data-missing=\"supabase\"", "data-direction=\"supabase\"", "data-count=\"pending\">?<", "data-count=\"conflicts\"><a href=\"/dualdb/conflicts?map=wishes\">3<", "data-count=\"parked\"><a href=\"/dualdb/sync?map=wishes\">?<"],
            ["data-failure", "data-direction=\"neon\"", "data-empty=\"parked\""]);
        await UntilAsync(app, "/conflicts", ["data-conflict=\"neon-3\"", "data-count=\"conflicts\">3<"], ["data-failure"]);
        app.Place.SupabaseLine.Calm();

        // Conflicts of wishes are decided in Neon: without it, nothing is known of them.
        await app.UntilAsync("/sync", "data-direction=\"neon\"");
        app.Place.NeonLine.RefuseConnections = true;
        await app.Place.NeonLine.CutAsync();
        await UntilAsync(app, "/sync", ["data-missing=\"neon\"", "data-direction=\"neon\"", "data-count=\"conflicts\"><a href=\"/dualdb/conflicts?map=wishes\">?<"], ["data-failure", "data-direction=\"supabase\""]);
        await UntilAsync(app, "/conflicts", ["data-failure=\"patterns\"", "data-failure=\"conflicts\""], ["data-empty=\"patterns\""]);
        app.Place.NeonLine.Calm();
    }

    private static Task UntilAsync(OperatedApp app, string path, string[] texts, string[] none)
        => Eventually.HoldsAsync(
            async () => await app.PageAsync(path) is var page && texts.All(text => page.Contains(text, StringComparison.Ordinal)) && !none.Any(text => page.Contains(text, StringComparison.Ordinal)),
            $"{path} says {string.Join(", ", texts)}, and none of {string.Join(", ", none)}");

    /// <summary>Conflicts as a map with the policy Manual leaves them, over rows that there are not.</summary>
    private static Task OpenAsync(OperatedApp app, int count, string change)
        => DashboardPlace.RunAsync(app.Place.Neon, $$"""
            insert into dualdb.sync_conflicts (map, key, change_id, policy, winner, source_row, target_old, target_new, source_version, target_version)
            select 'wishes', to_json(id)::text, n, 'Manual', 'open', row, row, row || {{change}}, 1, 2
            from (select n, id, jsonb_build_object('id', id, 'text', repeat('a lamp ', 40), 'priority', 1, 'giver', 'somebody') as row from (select n, gen_random_uuid() as id from generate_series(1, {{count}}) n) one) rows
            """);

    /// <summary>Writes the same rows on both sides before either is carried: the copies are held by a lock meanwhile.</summary>
    internal static async Task ContradictAsync(OperatedApp app)
    {
        await using var supabase = Npgsql.NpgsqlDataSource.Create(app.Place.Supabase);
        await using var connection = await supabase.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var update = new Npgsql.NpgsqlCommand("update wish_copies set text = 'supabase', priority = 3", connection, transaction))
        {
            await update.ExecuteNonQueryAsync();
        }

        await DashboardPlace.RunAsync(app.Place.Neon, "update wishes set text = 'neon <script>alert(1)</script>', priority = 2");
        await transaction.CommitAsync();
    }
}
