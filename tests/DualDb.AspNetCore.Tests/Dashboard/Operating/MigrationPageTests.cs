using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Monitoring;
using DualDb.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

public sealed class MigrationPageTests(DashboardServers servers)
{
    [Fact]
    public async Task The_plan_over_both_databases_the_runs_and_the_drift_are_shown()
    {
        await using var app = await OperatedApp.StartAsync(servers, write: static folder =>
        {
            File.WriteAllText(Path.Combine(folder, "neon", "20260101T1000_first.sql"), "create table first ();");
            File.WriteAllText(Path.Combine(folder, "supabase", "20260101T1100_second.sql"), "-- requires: neon/20260101T1000_first\n\nselect '<script>alert(1)</script>' from not_there;");
        });

        await DashboardPlace.RunAsync(app.Place.Neon, "create table unknown_to_the_model (id bigint primary key)");
        var before = await app.PageAsync("/migrations");
        Assert.Contains("data-pending=\"2\"", before, StringComparison.Ordinal);
        Assert.Contains("data-empty=\"runs\"", before, StringComparison.Ordinal);
        Assert.Contains("data-edge=\"neon/20260101T1000_first supabase/20260101T1100_second\"", before, StringComparison.Ordinal);

        await Assert.ThrowsAsync<MigrationFailedException>(() => app.App.Services.GetRequiredService<MigrationRunner>().MigrateAsync());
        var after = await app.UntilAsync("/migrations", "data-state=\"Failed\"");
        Assert.Contains("data-pending=\"1\"", after, StringComparison.Ordinal);
        Assert.Contains("data-migration=\"neon/20260101T1000_first\" data-state=\"Applied\"", after, StringComparison.Ordinal);
        Assert.Contains("data-fact=\"unfinished\"", after, StringComparison.Ordinal);
        Assert.Contains("not_there", after, StringComparison.Ordinal);

        // The model's tables are there, and one that it does not know.
        Assert.Contains("data-drift=\"Extra\"", after, StringComparison.Ordinal);
        Assert.Equal(400, (await app.App.GetAsync("/dualdb/migrations?before=x")).Status);
    }

    [Fact]
    public async Task A_run_that_broke_off_is_told_of_where_nobody_looks()
    {
        await using var app = await OperatedApp.StartAsync(
            servers,
            write: static folder =>
            {
                File.WriteAllText(Path.Combine(folder, "neon", "20260101T1000_first.sql"), "create table first ();");
                File.WriteAllText(Path.Combine(folder, "supabase", "20260101T1100_second.sql"), "-- requires: neon/20260101T1000_first\n\nselect 1 from not_there;");
            },
            add: static services => services.AddDualDbMonitoring<MemoDb>(static options => options.Alerts.Rules[AlertRules.MigrationHalfApplied].For = TimeSpan.Zero));

        // By another process.
        await using (var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (app.Place.Neon, app.Place.Supabase)))
        {
            await Assert.ThrowsAsync<MigrationFailedException>(() => root.Migrations(DualDbMigrations.FromFolder(app.Migrations)).MigrateAsync());
        }

        await app.Db.Notes.CountAsync();
        await Eventually.HoldsAsync(async () => (await app.App.Monitoring.Alerts.ListAsync(openOnly: true)).Any(static alert => alert.Rule == AlertRules.MigrationHalfApplied), "it is told");
    }

    [Fact]
    public async Task What_waits_is_tried_and_rolled_back()
    {
        await using var app = await OperatedApp.StartAsync(servers, write: static folder => File.WriteAllText(Path.Combine(folder, "neon", "20260101T1000_first.sql"), "create table first ();"));

        await app.DoAsync("migrations", "dry-run");
        Assert.Contains("can be applied, and was rolled back: neon/20260101T1000_first", await app.UntilAsync("/migrations", "data-work=\"dry run\" data-state=\"done\""), StringComparison.Ordinal);
        Assert.Equal(0L, await app.NeonAsync<long>("select count(*) from pg_tables where tablename = 'first'"));
        Assert.Contains("data-pending=\"1\"", await app.PageAsync("/migrations"), StringComparison.Ordinal);
        await app.UntilAsync("/audit?action=migrations/dry-run", "data-outcome=\"done\"");

        using var reader = await app.App.PostAsync("/dualdb/migrations", "/dualdb/migrations/actions/dry-run", DashboardApp.Reader, ("reason", "no right"));
        Assert.Equal(403, (int)reader.StatusCode);
    }

    [Theory]
    [InlineData("/outbox", "outbox", "events schema is not installed in Neon")]
    [InlineData("/sagas", "sagas", "db.Sagas.InstallAsync()")]
    [InlineData("/sync", "sync_positions", "sync schema is not installed")]
    [InlineData("/conflicts", "sync_conflicts", "sync schema is not installed in Neon")]
    [InlineData("/consistency", "verification_runs", "verification schema is not installed in Supabase")]
    public async Task A_database_without_the_schema_says_what_to_call(string page, string table, string words)
    {
        await using var app = await OperatedApp.StartAsync(servers, add: static services => services.Configure<HostOptions>(static options => options.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore));
        foreach (var database in new[] { app.Place.Neon, app.Place.Supabase })
        {
            await DashboardPlace.RunAsync(database, $"drop table if exists dualdb.{table} cascade");
        }

        foreach (var language in new[] { "en", "th" })
        {
            var (status, text) = await app.App.GetAsync("/dualdb" + page, DashboardApp.Reader, ("Accept-Language", language));

            Assert.Equal(200, status);
            Assert.Contains(words, text, StringComparison.Ordinal);
            Assert.Contains("InstallAsync()", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Empty_pages_say_what_that_means()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        foreach (var (page, part) in new[] { ("/outbox", "outbox"), ("/outbox", "history"), ("/sagas", "sagas"), ("/sync", "parked"), ("/conflicts", "patterns"), ("/consistency", "runs"), ("/migrations", "plan") })
        {
            Assert.Contains($"data-empty=\"{part}\"", await app.PageAsync(page, DashboardApp.Reader), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_registered_has_no_page()
    {
        await using var place = await DashboardPlace.CreateAsync(servers);
        await using var app = await DashboardApp.StartAsync(place);
        foreach (var page in new[] { "outbox", "sagas", "sync", "conflicts", "consistency", "migrations" })
        {
            Assert.Equal(404, (await app.GetAsync("/dualdb/" + page)).Status);
        }
    }
}
