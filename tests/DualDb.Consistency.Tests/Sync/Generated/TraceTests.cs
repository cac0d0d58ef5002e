using System.Collections.Concurrent;
using System.Diagnostics;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Generated;

/// <summary>A change is traced from its writer to the other side.</summary>
public sealed class TraceTests(ConsistencyServers servers)
{
    private const string Traces = "select coalesce(string_agg(coalesce(trace, 'none'), ' ' order by id), '') from dualdb.change_log";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_within_an_activity_is_logged_with_it_in_the_round_trips_that_it_takes_anyway()
    {
        using var host = await BuildAsync();
        var db = host.Services.GetRequiredService<TestDb>();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using (var counter = StatementCounter.Start())
        {
            var ticket = await db.Tickets.InsertAsync(new Ticket { Title = "Lamp" }, Token);
            await db.Tickets.UpdateAsync(ticket with { Title = "Sofa" }, Token);
            var badge = await db.Badges.InsertAsync(new Badge { Id = Guid.NewGuid(), Label = "early" }, Token);
            await db.Badges.UpdateAsync(badge with { Label = "late" }, Token);
            Assert.Equal(4, counter.Count);
        }

        Assert.Equal(string.Join(' ', Enumerable.Repeat(activity.Id, 4)), await AskAsync(db.Neon, Traces));
        Assert.Equal("none", await AskAsync(db.Neon, "select coalesce(nullif(current_setting('dualdb.trace_parent', true), ''), 'none')"));
    }

    [Fact]
    public async Task A_transaction_says_it_once_and_again_after_a_rollback_to_a_savepoint()
    {
        using var host = await BuildAsync();
        var db = host.Services.GetRequiredService<TestDb>();
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        using var counter = StatementCounter.Start();
        await using (var transaction = await db.Neon.BeginAsync(Token))
        {
            await using (await transaction.SavepointAsync("undone", Token))
            {
                await db.Tickets.InsertAsync(new Ticket { Title = "undone" }, transaction, Token);
            }

            await db.Tickets.InsertAsync(new Ticket { Title = "one" }, transaction, Token);
            await db.Tickets.InsertManyAsync([new Ticket { Title = "two" }, new Ticket { Title = "three" }], transaction, Token);
            await transaction.CommitAsync(Token);
        }

        Assert.Equal(string.Join(' ', Enumerable.Repeat(activity.Id, 3)), await AskAsync(db.Neon, Traces));
        Assert.Equal(2, counter.Statements.Count(static sql => sql.Contains("dualdb.trace_parent", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Without_an_activity_and_for_tables_that_are_not_synchronised_nothing_more_is_sent()
    {
        using var host = await BuildAsync();
        var db = host.Services.GetRequiredService<TestDb>();
        using var counter = StatementCounter.Start();
        await db.Tickets.InsertAsync(new Ticket { Title = "Lamp" }, Token);
        await using (var transaction = await db.Neon.BeginAsync(Token))
        {
            await db.Tickets.InsertAsync(new Ticket { Title = "Sofa" }, transaction, Token);
            await transaction.CommitAsync(Token);
        }

        using (new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start())
        {
            await db.MemberNotes.InsertAsync(new MemberNote { Id = 1, Text = "a" }, Token);
            await db.Tickets.FindAsync(1, Token);
        }

        Assert.DoesNotContain(counter.Statements, static sql => sql.Contains("set_config", StringComparison.Ordinal));
        Assert.Equal("none none", await AskAsync(db.Neon, Traces));
    }

    [Fact]
    public async Task Applying_is_linked_to_who_has_made_the_changes()
    {
        var applied = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == SyncTelemetry.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = applied.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var host = await BuildAsync();
        var db = host.Services.GetRequiredService<TestDb>();
        var traces = new List<ActivityTraceId>();
        foreach (var title in new[] { "one", "two" })
        {
            using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
            await db.Tickets.InsertAsync(new Ticket { Title = title }, Token);
            traces.Add(activity.TraceId);
        }

        await host.StartAsync(Token);
        await db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(30), Token);
        await Eventually.HoldsAsync(() => traces.TrueForAll(trace => applied.Any(activity => activity.Links.Any(link => link.Context.TraceId == trace))), "the links");
        Assert.DoesNotContain(applied, activity => traces.Contains(activity.TraceId));
        await host.StopAsync(Token);
    }

    private async Task<IHost> BuildAsync()
    {
        var name = $"trace_{Environment.ProcessId}_{Guid.NewGuid():N}";
        var (neon, supabase) = (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddTestDb(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (neon, supabase));
        builder.Services.AddTestDbSync(static options => (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3)));
        var host = builder.Build();
        var db = host.Services.GetRequiredService<TestDb>();
        await db.CreateTablesAsync(Token);
        await db.Sync.InstallAsync(Token);
        return host;
    }

    private static async Task<string> AskAsync(PostgresDatabase database, string sql)
    {
        await using var connection = await database.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync(Token))!;
    }
}
