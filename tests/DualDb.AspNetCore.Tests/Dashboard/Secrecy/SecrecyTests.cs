using System.Net;
using DualDb.AspNetCore.Tests.Dashboard.Operating;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Events;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Sagas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;

namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Puts a value of its own wherever something sensitive can be, and looks for all of them wherever anybody but the application can look.</summary>
public sealed class SecrecyTests(DashboardServers servers)
{
    [Fact]
    public async Task Nothing_sensitive_is_in_any_answer_log_trace_alert_or_entry_of_the_audit()
    {
        var planted = new Planted();
        using var listening = new Listening();
        await using var webhook = await Webhook.StartAsync();
        await using var app = await StartAsync(listening, webhook);
        var found = new List<(string, string)>();

        await PlantRowsAsync(app, planted);
        await PlantConflictAsync(app, planted);
        await PlantLettersAsync(app, planted);
        await PlantSagaAsync(app, planted);
        await CompareAsync(app);
        found.AddRange(await RefuseAsync(app));
        var pages = await Crawl.AllAsync(app.App);
        found.AddRange(pages);
        await Eventually.HoldsAsync(() => webhook.Posts.Any(static post => post.Text.Contains(AlertRules.RowsParked, StringComparison.Ordinal)) && webhook.Posts.Any(static post => post.Text.Contains(AlertRules.DeadLetters, StringComparison.Ordinal)), "alerts are posted");
        found.AddRange(webhook.Posts);
        found.AddRange(listening.Heard);
        found.Add(("the audit", await app.SupabaseAsync<string>("select string_agg(a::text, ' ') from dualdb.operator_audit a")));

        // That it looks at the right places: what is shown of each is there.
        string[] shown = ["data-parked=", "data-conflict=", "data-letter=\"neon-", "data-kind=\"Orphan\"", "data-step=\"Make\"", "data-column=\"giver\"", "[22P02]", "data-entry=", "data-fact=\"error\""];
        Assert.All(shown, mark => Assert.Contains(pages, page => page.Text.Contains(mark, StringComparison.Ordinal)));
        Assert.Contains(listening.Heard, static one => one.Where.Contains("Npgsql", StringComparison.Ordinal) && one.Text.Contains("22P02", StringComparison.Ordinal));
        Assert.Contains(listening.Heard, static one => one.Where.Contains("AttemptFailed", StringComparison.Ordinal) || one.Where.Contains("Parked", StringComparison.Ordinal));
        Assert.Empty(planted.FoundIn(found));
    }

    private async Task<OperatedApp> StartAsync(Listening listening, Webhook webhook)
        => await OperatedApp.StartAsync(servers, add: services =>
        {
            services.AddSingleton<ILoggerProvider>(listening);
            services.AddDualDbAlertWebhook(options => options.Address = webhook.Address);
            services.AddDualDbMonitoring<MemoDb>(static options => options.Alerts.Rules[AlertRules.RowsParked].For = TimeSpan.Zero);
            services.AddOpenTelemetry().AddDualDbInstrumentation();
        });

    /// <summary>Rows that are copied, that are put aside in the server's words, and that differ.</summary>
    private static async Task PlantRowsAsync(OperatedApp app, Planted planted)
    {
        await app.Db.Badges.InsertAsync(new Badge(planted["key"], planted["column"], 1));
        await app.Db.Badges.InsertAsync(new Badge(planted["missing key"], planted["missing column"], 1));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from badge_copies", 2);
        await DashboardPlace.RunAsync(app.Place.Supabase, "alter table badge_copies disable trigger all");
        await WriteAsync(app.Place.Supabase, "delete from badge_copies where code = $1", planted["missing key"]);
        await WriteAsync(app.Place.Supabase, "update badge_copies set pin = $1", planted["differing column"]);
        await DashboardPlace.RunAsync(app.Place.Supabase, "alter table badge_copies enable trigger all");
        await app.Db.Loans.InsertAsync(new Loan(Guid.NewGuid(), planted["orphan"]));

        // The copy reads each value as a number: the server says which one is none.
        await DashboardPlace.RunAsync(app.Place.Supabase, "create function pins() returns trigger language plpgsql as $$ begin perform new.pin::int; return new; end $$; create trigger pins before insert on badge_copies for each row execute function pins()");
        await app.Db.Badges.InsertAsync(new Badge(planted["parked key"], planted["parked column"], 1));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from dualdb.sync_parked", 1);
        Assert.Contains("22P02", await app.SupabaseAsync<string>("select error from dualdb.sync_parked"), StringComparison.Ordinal);
    }

    private static async Task PlantConflictAsync(OperatedApp app, Planted planted)
    {
        await app.Db.Wishes.InsertAsync(new Wish(Guid.NewGuid(), "a lamp", 1, planted["conflict image"]));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from wish_copies", 1);
        await SyncPageTests.ContradictAsync(app);
        await OutboxPageTests.Until(app.NeonAsync<long>, "select count(*) from dualdb.sync_conflicts where winner = 'open'", 1);
    }

    /// <summary>One that a handler has given up in the server's words, and one whose error holds what opens a database.</summary>
    private static async Task PlantLettersAsync(OperatedApp app, Planted planted)
    {
        await using (var transaction = await app.Db.BeginNeonAsync())
        {
            transaction.Publish(new BadgeSpoilt(Guid.NewGuid(), planted["event"]));
            transaction.Publish(new BadgeSpoilt(Guid.NewGuid(), planted["other event"]));
            await transaction.CommitAsync();
        }

        await OutboxPageTests.Until(app.NeonAsync<long>, "select count(*) from dualdb.outbox_deliveries where state = 'dead' and error like '%22P02%'", 2);
        planted.Add("the password of the connection", new NpgsqlConnectionStringBuilder(app.Place.Neon).Password!);
        await WriteAsync(
            app.Place.Neon,
            "update dualdb.outbox_deliveries set error = error || $1 where id = (select max(id) from dualdb.outbox_deliveries)",
            $" postgres://ada:{planted["password in an address"]}@db.example/shop Password={planted["password among words"]}; {planted["the password of the connection"]}");
    }

    // With a parameter: the text of the test's own statements is traced too.
    private static async Task WriteAsync(string address, string sql, string value)
    {
        await using var source = NpgsqlDataSource.Create(address);
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task PlantSagaAsync(OperatedApp app, Planted planted)
    {
        var order = new BadgeOrder(Guid.NewGuid(), planted["saga"]);
        await Assert.ThrowsAnyAsync<SagaException>(() => app.Db.Sagas.Badge.RunAsync("spoilt", order, TestContext.Current.CancellationToken));
        await OutboxPageTests.Until(app.NeonAsync<long>, "select count(*) from dualdb.sagas where state = 'compensation_failed' and error like '%22P02%'", 1);
    }

    private static async Task CompareAsync(OperatedApp app)
    {
        await app.DoAsync("consistency", "verify");
        await app.UntilAsync("/consistency", "data-run=\"1\" data-consistent=\"false\"");
        await app.PageAsync("/consistency?run=1&plan=source");
    }

    /// <summary>Actions that are refused, and that fail: what they say of it.</summary>
    private static async Task<List<(string, string)>> RefuseAsync(OperatedApp app)
    {
        var (none, words) = await app.TryAsync("outbox", "edit", ("letter", "neon-1"), ("payload", "{"));
        var (other, others) = await app.TryAsync("outbox", "edit", ("letter", "neon-1"), ("payload", """{"id":7,"pin":"***"}"""));
        var (skip, skipped) = await app.TryAsync("sagas", "skip", ("saga", "badge"), ("id", "spoilt"), ("step", "Read"), ("result", "\"none\""));
        Assert.Equal((400, 400), (none, other));
        Assert.NotEqual((int)HttpStatusCode.SeeOther, skip);
        await app.DoAsync("sync", "retry-all", ("map", "badges"));
        return [("a refusal", words), ("another refusal", others), ("a failure", skipped)];
    }
}
