using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DualDb.Testing;
using DualDb.Tool.Tests.Places;
using Npgsql;

namespace DualDb.Tool.Tests.Operating;

/// <summary>What an application has left behind, by the tool alone where tables say enough, and through the application where its maps and sagas are needed.</summary>
public sealed class ApplicationTests(ToolServers servers)
{
    [Fact]
    public async Task Operators_see_and_do_everything()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        // Its migrations, one of which is code.
        var applied = (await AppAsync(place, "migrations", "up", "--json")).EndedWith(0);
        Assert.Equal(["neon/20260101T1000_members", "supabase/20260101T1100_profiles", "neon/20260101T1200_mark_seen"], applied.Texts("applied"));
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(seen = 1) and count(*) = 25 from members"));
        (await place.StartApp("play").EndAsync()).EndedWith(0);

        await OutboxAsync(place);
        await SagasAsync(place);
        await SyncAsync(place);
        await StatusAsync(place);
    }

    [Fact]
    public async Task Project_is_found_and_answers_itself()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        var plan = (await place.RunAsync("migrations", "plan", "--json", "--project", ToolProcess.AppProject, "--configuration", ToolProcess.Configuration, "--no-build", "--check")).EndedWith(4);

        Assert.Equal(3, plan.Json["migrations"]!.AsArray().Count);
        (await AppAsync(place, "outbox", "discard")).EndedWith(2);
    }

    [Fact]
    public async Task What_needs_an_application_says_so()
    {
        await using var place = await ToolPlace.CreateAsync(servers);

        Assert.Contains("--project", (await place.RunAsync("sync", "status", "--json")).EndedWith(3).Json["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("--project", (await place.RunAsync("saga", "skip", "trip", "1", "Book", "--reason", "none", "--yes")).EndedWith(3).Error, StringComparison.Ordinal);
        (await place.RunAsync("outbox", "list")).EndedWith(3);
        Assert.Contains("monitoring", (await place.RunAsync("status")).EndedWith(3).Error, StringComparison.Ordinal);
    }

    private static async Task StatusAsync(ToolPlace place)
    {
        var status = (await place.RunAsync("status", "--json")).EndedWith(0);
        Assert.Equal("tool-app", status.Json["application"]!.GetValue<string>());
        var availability = status.Json["kpis"]!.AsArray().Single(static kpi => kpi!["kind"]!.GetValue<string>() is "Availability" && kpi["subject"]!.GetValue<string>() is "supabase")!;
        Assert.Equal((1, true), (availability["value"]!.GetValue<double>(), availability["isMet"]!.GetValue<bool>()));
        Assert.Matches("availability +supabase +100 % +99.95 % +yes", (await place.RunAsync("status", "--window", "day")).EndedWith(0).Output);
        (await place.RunAsync("status", "--window", "year")).EndedWith(2);
        Assert.True(status.Json["isComplete"]!.GetValue<bool>());
        Assert.Contains(status.Json["databases"]!["supabase"]!.GetValue<string>(), new[] { "up", "unknown" });

        // What the application has allowed itself is known within it.
        var own = (await AppAsync(place, "status", "--json")).EndedWith(0).Json;
        Assert.Equal(("application", "default"), (own["targets"]!.GetValue<string>(), status.Json["targets"]!.GetValue<string>()));
        Assert.Equal((7, 0.1), (TargetOf(own), TargetOf(status.Json)));

        var watch = place.Start("status", "--watch", "--json");
        await Eventually.HoldsAsync(async () => await place.AskSupabaseAsync<long>("select count(*) from pg_stat_activity where query like '%from dualdb.kpi_rollups%' and datname = current_database() and pid <> pg_backend_pid()") > 0, "it asks");
        await watch.SignalAsync("INT");
        (await watch.EndAsync()).EndedWith(130);
        await WatchedOutageAsync(place);
        await CheckAsync(place);
    }

    private static double TargetOf(JsonObject status)
        => status["kpis"]!.AsArray().First(static kpi => kpi!["kind"]!.GetValue<string>() is "QueryTime")!["target"]!.GetValue<double>();

    // Somebody who watches goes on seeing what was known, that the database is away, and that it is back.
    private static async Task WatchedOutageAsync(ToolPlace place)
    {
        var server = new NpgsqlConnectionStringBuilder(place.Supabase);
        await using var line = await LatencyProxy.StartAsync(server.Host!, server.Port);
        var environment = place.Environment;
        environment["SUPABASE_DB_URL"] = line.Rewrite(place.Supabase);
        var watch = ToolProcess.Start(ToolProcess.Tool, place.Folder, environment, ["status", "--watch"]);
        await Eventually.HoldsAsync(() => watch.Said.Contains("the hour until", StringComparison.Ordinal), "it shows how it is");
        line.RefuseConnections = true;
        await line.CutAsync();
        var late = ToolProcess.Start(ToolProcess.Tool, place.Folder, environment, ["status", "--watch"]);
        await Eventually.HoldsAsync(() => late.Said.Contains("Supabase", StringComparison.Ordinal), "one that begins meanwhile says what is the matter");
        await Eventually.HoldsAsync(() => watch.Said.Contains("This is how it was before:", StringComparison.Ordinal), "it says that the database is away");
        line.Calm();
        await Eventually.HoldsAsync(() => PicturesSince("This is how it was before:") > 1, "it is back");
        await Eventually.HoldsAsync(() => late.Said.Contains("the hour until", StringComparison.Ordinal), "it shows how it is in the end");
        await late.SignalAsync("INT");
        (await late.EndAsync()).EndedWith(130);
        await watch.SignalAsync("INT");
        Assert.DoesNotContain("   at DualDb", (await watch.EndAsync()).EndedWith(130).Output, StringComparison.Ordinal);

        // The first one after those words is the one that was known before.
        int PicturesSince(string words)
        {
            var said = watch.Said;
            return Regex.Count(said[said.LastIndexOf(words, StringComparison.Ordinal)..], "the hour until", RegexOptions.None, TimeSpan.FromSeconds(1));
        }
    }

    private static async Task CheckAsync(ToolPlace place)
    {
        const string Alert = "insert into dualdb.alerts (application, rule, subject, since, severity, words, fired_at, told) values ('tool-app', 'rows-parked', 'neon', now(), 'Page', '2 rows are put aside.', now(), 1)";
        const string Over = "with over as (update dualdb.alerts set resolved_at = now() where resolved_at is null returning 1) select count(*) from over";

        // The letters that were given up are told of; the application does not run any more.
        Assert.Contains("dead-letters", (await place.RunAsync("status", "--check")).EndedWith(4).Output, StringComparison.Ordinal);
        await place.AskSupabaseAsync<long>(Over);

        // Without alerts, the figures are judged: a machine that builds something else meanwhile may miss a target.
        var calm = await place.RunAsync("status", "--check", "--json");
        calm.EndedWith(calm.Json["kpis"]!.AsArray().Any(static kpi => kpi!["isMet"]?.GetValue<bool>() == false) ? 4 : 0);
        await place.AskSupabaseAsync<object?>(Alert + " returning 1");
        var alert = Assert.Single((await place.RunAsync("status", "--check", "--json")).EndedWith(4).Json["alerts"]!.AsArray())!;
        Assert.Equal(("rows-parked", "page"), (alert["rule"]!.GetValue<string>(), alert["severity"]!.GetValue<string>()));
        (await place.RunAsync("status")).EndedWith(0);
    }

    private static async Task OutboxAsync(ToolPlace place)
    {
        var list = (await place.RunAsync("outbox", "list", "--json")).EndedWith(0);
        var letters = list.Json["deliveries"]!.AsArray();
        Assert.Equal(2, letters.Count);
        Assert.Null(letters[0]!["payload"]);
        Assert.Contains("the mail server is away", letters[0]!["error"]!.GetValue<string>(), StringComparison.Ordinal);

        // The tool knows no model, and the application what of it is nobody's business.
        Assert.Equal("***", (await place.RunAsync("outbox", "list", "--json", "--payloads")).EndedWith(0).Json["deliveries"]![0]!["payload"]!.GetValue<string>());
        var shown = (await AppAsync(place, "outbox", "list", "--json", "--payloads")).EndedWith(0);
        Assert.Equal("***", shown.Json["deliveries"]![0]!["payload"]!["email"]!.GetValue<string>());
        Assert.DoesNotContain("@example.org", shown.Output, StringComparison.Ordinal);

        // Which of the two was given up first is their handlers' to say.
        Assert.Equal([1L, 2L], shown.Json["deliveries"]!.AsArray().Select(static one => one!["payload"]!["member"]!.GetValue<long>()).Order());
        Assert.Matches("neon/[0-9]+ +dead +member.joined +1 +Greet", (await place.RunAsync("outbox", "list")).EndedWith(0).Output);
        Assert.Equal(2, (await place.RunAsync("outbox", "list", "--groups", "--json")).EndedWith(0).Json["groups"]![0]!["count"]!.GetValue<int>());

        var first = letters[0]!["delivery"]!.GetValue<string>();
        (await place.RunAsync("outbox", "discard", first, "--reason", "a test")).EndedWith(3);
        Assert.Equal(first, (await place.RunAsync("outbox", "discard", first, "--reason", "a test", "--actor", "ada", "--yes", "--json")).EndedWith(0).Json["discarded"]!.GetValue<string>());
        (await place.RunAsync("outbox", "discard", first, "--reason", "again", "--yes")).EndedWith(3);
        Assert.Equal(1, (await place.RunAsync("outbox", "replay", "--handler", "Greet", "--reason", "it is back", "--json")).EndedWith(0).Json["replayed"]!.GetValue<int>());
        Assert.Equal("discard ada, replay", await place.AskNeonAsync<string>("select string_agg(action || case when action = 'discard' then ' ' || actor else '' end, ', ' order by at) from dualdb.outbox_audit"));
        Assert.Empty((await place.RunAsync("outbox", "list", "--json")).EndedWith(0).Json["deliveries"]!.AsArray());
        Assert.Equal("retrying", (await place.RunAsync("outbox", "list", "--all", "--json")).EndedWith(0).Json["deliveries"]![0]!["state"]!.GetValue<string>());
    }

    private static async Task SagasAsync(ToolPlace place)
    {
        var stuck = Assert.Single((await place.RunAsync("saga", "list", "--stuck", "--json")).EndedWith(0).Json["sagas"]!.AsArray())!;
        Assert.Equal(("trip", "stuck", "compensationFailed"), (stuck["saga"]!.GetValue<string>(), stuck["id"]!.GetValue<string>(), stuck["state"]!.GetValue<string>()));
        Assert.Equal(2, (await place.RunAsync("saga", "list", "--state", "completed", "--state", "compensationFailed", "--json")).EndedWith(0).Json["sagas"]!.AsArray().Count);
        Assert.Contains("nobody answers", (await place.RunAsync("saga", "show", "trip", "stuck")).EndedWith(0).Output, StringComparison.Ordinal);
        Assert.Equal("***", (await place.RunAsync("saga", "show", "trip", "stuck", "--json", "--payloads")).EndedWith(0).Json["input"]!.GetValue<string>());
        Assert.True((await AppAsync(place, "saga", "show", "trip", "stuck", "--json", "--payloads")).EndedWith(0).Json["input"]!.ToJsonString().Contains("true", StringComparison.Ordinal));
        (await place.RunAsync("saga", "show", "trip", "nobody")).EndedWith(3);

        (await AppAsync(place, "saga", "retry", "trip", "stuck", "--reason", "try again", "--actor", "ada")).EndedWith(0);
        Assert.Equal("compensating", await StateAsync(place, "stuck"));
        (await AppAsync(place, "saga", "retry", "trip", "stuck", "Book", "--reason", "that one")).EndedWith(0);
        (await AppAsync(place, "saga", "skip", "trip", "stuck", "Book", "--compensation", "--reason", "by hand")).EndedWith(3);
        (await AppAsync(place, "saga", "skip", "trip", "stuck", "Book", "--compensation", "--reason", "by hand", "--yes")).EndedWith(0);
        (await AppAsync(place, "saga", "compensate", "trip", "fine", "--reason", "she called", "--yes")).EndedWith(0);
        Assert.Equal("compensating", await StateAsync(place, "fine"));
        (await AppAsync(place, "saga", "compensate", "trip", "fine", "--reason", "she called", "--yes")).EndedWith(3);
        var audit = (await place.RunAsync("saga", "show", "trip", "stuck", "--json")).EndedWith(0).Json["audit"]!.AsArray();
        Assert.Equal(["resume", "retry", "skip-compensation"], audit.Select(static entry => entry!["action"]!.GetValue<string>()));
        Assert.Equal("ada", audit[0]!["who"]!.GetValue<string>());
    }

    private static async Task SyncAsync(ToolPlace place)
    {
        Assert.Equal("members", Assert.Single((await AppAsync(place, "sync", "status", "--json")).EndedWith(0).Json["directions"]![0]!["needsBackfill"]!.AsArray())!.GetValue<string>());
        var node = place.StartApp("node");
        var backfill = (await AppAsync(place, "sync", "backfill", "--json")).EndedWith(0);
        Assert.Equal(25, backfill.Json["maps"]![0]!["rows"]!.GetValue<long>());
        Assert.Contains("members, rows of Neon: 25, done", backfill.Error, StringComparison.Ordinal);
        Assert.True((await AppAsync(place, "sync", "verify", "--json", "--patience", "5s")).EndedWith(0).Json["isConsistent"]!.GetValue<bool>());
        Assert.Empty((await AppAsync(place, "sync", "conflicts", "--json", "--open")).EndedWith(0).Json["conflicts"]!.AsArray());

        await place.AskSupabaseAsync<object?>("delete from profiles where id = 7; update profiles set name = 'other' where id = 8");
        var differences = (await AppAsync(place, "sync", "verify", "--json", "--patience", "5s")).EndedWith(4).Json["maps"]![0]!["differences"]!.AsArray();
        Assert.Equal(["missing in the target", "different"], differences.Select(static one => one!["kind"]!.GetValue<string>()));
        Assert.Equal(["insert", "update"], Actions(await AppAsync(place, "sync", "repair", "--dry-run", "--json", "--patience", "5s")));
        (await AppAsync(place, "sync", "repair", "--patience", "5s")).EndedWith(3);
        Assert.Equal("other", await place.AskSupabaseAsync<string>("select name from profiles where id = 8"));
        Assert.Equal(["insert", "update"], Actions(await AppAsync(place, "sync", "repair", "--yes", "--json")));
        Assert.Equal("member 8", await place.AskSupabaseAsync<string>("select name from profiles where id = 8"));
        (await AppAsync(place, "sync", "verify", "--map", "nowhere")).EndedWith(2);

        (await AppAsync(place, "sync", "pause", "members", "--reason", "a test", "--actor", "ada", "--for", "1h")).EndedWith(0);
        await place.AskNeonAsync<object?>("update members set name = 'paused' where id = 9");
        var paused = (await AppAsync(place, "sync", "status", "--json")).EndedWith(0).Json["directions"]![0]!["pauses"]![0]!;
        Assert.Equal(("members", "a test", "ada"), (paused["map"]!.GetValue<string>(), paused["reason"]!.GetValue<string>(), paused["actor"]!.GetValue<string>()));
        Assert.Matches("members +neon +.+ ada +a test", (await AppAsync(place, "sync", "status")).EndedWith(0).Output);
        Assert.Equal("member 9", await place.AskSupabaseAsync<string>("select name from profiles where id = 9"));
        Assert.True((await AppAsync(place, "sync", "resume", "members", "--json")).EndedWith(0).Json["wasPaused"]!.GetValue<bool>());
        await Eventually.HoldsAsync(async () => await place.AskSupabaseAsync<string>("select name from profiles where id = 9") is "paused", "it goes on");
        (await AppAsync(place, "sync", "pause", "nothing", "--reason", "a test")).EndedWith(2);
        (await node.EndAsync()).EndedWith(0);
    }

    private static IEnumerable<string> Actions(ToolResult result) => result.EndedWith(0).Json["actions"]!.AsArray().Select(static action => action!["action"]!.GetValue<string>());

    private static async Task<string> StateAsync(ToolPlace place, string id) => (await place.RunAsync("saga", "show", "trip", id, "--json")).EndedWith(0).Json["state"]!.GetValue<string>();

    private static Task<ToolResult> AppAsync(ToolPlace place, params IReadOnlyList<string> args) => place.StartApp(["dualdb", .. args]).EndAsync();
}
