using DualDb.AspNetCore.Dashboard.Sections.Shared;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Consistency.Operators;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

/// <summary>What the audit says of work that goes on behind the answer.</summary>
public sealed class BackgroundAuditTests(DashboardServers servers)
{
    [Fact]
    public async Task It_is_started_until_it_is_known_what_came_of_it()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await using (var source = Npgsql.NpgsqlDataSource.Create(app.Place.Supabase))
        await using (var connection = await source.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using (var hold = new Npgsql.NpgsqlCommand("lock table note_copies in access exclusive mode", connection, transaction))
            {
                await hold.ExecuteNonQueryAsync();
            }

            await app.DoAsync("consistency", "verify", ("map", "notes"));
            var during = await app.PageAsync("/audit?action=consistency/verify");
            Assert.Contains("data-outcome=\"begun\"", during, StringComparison.Ordinal);
            Assert.Contains(">started<", during, StringComparison.Ordinal);
            Assert.DoesNotContain("data-outcome=\"done\"", during, StringComparison.Ordinal);

            // One that runs already is not begun, and not done either.
            await app.DoAsync("consistency", "verify", ("map", "notes"));
            await app.UntilAsync("/audit?action=consistency/verify", "data-outcome=\"refused\"");
            await transaction.RollbackAsync();
        }

        Assert.Contains("comparison 1: equal", await app.UntilAsync("/audit?action=consistency/verify", "data-outcome=\"done\""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repair_that_cannot_be_is_refused_and_one_that_breaks_failed()
    {
        await using var app = await OperatedApp.StartAsync(servers);
        await app.Db.Notes.InsertAsync(new Note(Guid.NewGuid(), "a note"));
        await OutboxPageTests.Until(app.SupabaseAsync<long>, "select count(*) from note_copies", 1);
        await DashboardPlace.RunAsync(app.Place.Supabase, "delete from note_copies");
        await app.DoAsync("consistency", "verify", ("map", "notes"));
        await app.UntilAsync("/consistency", "data-run=\"1\"");

        // Notes go one way alone: the copies cannot be right.
        await app.DoAsync("consistency", "repair", ("run", "1"), ("truth", "target"));
        await app.UntilAsync("/consistency?run=1", "data-work=\"repair 1\" data-state=\"refused\"");
        await app.UntilAsync("/audit?action=consistency/repair", "data-outcome=\"refused\"");
        await app.DoAsync("consistency", "repair", ("run", "77"), ("truth", "source"));
        Assert.Contains("No comparison 77 is kept", await app.UntilAsync("/audit?action=consistency/repair&target=77", "data-outcome=\"refused\""), StringComparison.Ordinal);

        await DashboardPlace.RunAsync(app.Place.Supabase, "alter table note_copies rename to gone");
        await app.DoAsync("sync", "verify", ("map", "notes"));
        await app.UntilAsync("/audit?action=sync/verify", "data-outcome=\"failed\"");
        Assert.DoesNotContain("data-outcome=\"done\"", await app.PageAsync("/audit?action=sync/verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_that_breaks_half_way_says_how_far_it_was()
    {
        var work = new BackgroundWork(TimeProvider.System, NullLogger.Instance, CancellationToken.None);

        var end = await work.Start("decide", "ada", static (progress, _) =>
        {
            progress.Report("7 conflicts decided");
            throw new DualDbConfigurationException("Neon is away.");
        }).Ending!;

        Assert.Equal(new WorkEnd(AuditOutcome.Failed, "Neon is away. Until then: 7 conflicts decided"), end);
    }
}
