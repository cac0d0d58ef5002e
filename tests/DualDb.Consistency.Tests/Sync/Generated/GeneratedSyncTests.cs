using System.Globalization;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Generated;

/// <summary>The synchronisation through everything that is generated: the maps, the root, the registration, the resolver.</summary>
public sealed class GeneratedSyncTests(ConsistencyServers servers)
{
    private static int s_number;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rows_arrive_in_the_copy_and_in_the_other_entity()
    {
        using var host = await StartAsync(await CreateAsync());
        var db = host.Services.GetRequiredService<TestDb>();
        var owner = Guid.NewGuid();
        var open = await db.Tickets.InsertAsync(new Ticket { Title = "Lamp", State = TicketState.Open, Owner = owner, Price = 12.5m, Tags = ["a", "b \"c\""] }, Token);
        var draft = await db.Tickets.InsertAsync(new Ticket { Title = "Sofa", Owner = owner }, Token);
        await WaitAsync(db, Database.Neon);

        Assert.Equal(
            [$"{open.Id}|Lamp|Open|12.50|{{a,\"b \\\"c\\\"\"}}|1", $"{draft.Id}|Sofa|Draft||{{}}|1"],
            await RowsAsync(db.Supabase, "select concat_ws('|', id, title, state, coalesce(price::text, ''), tags, version) from shared.ticket_copies order by id"));
        var card = Assert.Single(await db.TicketCards.Query().ToListAsync(Token));
        Assert.Equal(new TicketCard { Id = open.Id, Heading = "LAMP for 12.50", Customer = owner, State = TicketState.Open }, card);

        await db.Tickets.UpdateAsync(draft with { State = TicketState.Open }, Token);
        await db.Tickets.DeleteAsync(open.Id, Token);
        await WaitAsync(db, Database.Neon);
        Assert.Equal("SOFA", Assert.Single(await db.TicketCards.Query().ToListAsync(Token)).Heading);
        Assert.Equal([$"{draft.Id}|2"], await RowsAsync(db.Supabase, "select id || '|' || version from shared.ticket_copies"));
        await AssertEqualAsync(db);
        Assert.Equal(HealthStatus.Healthy, (await new SyncHealthCheck<TestDb>(host.Services).CheckHealthAsync(new HealthCheckContext(), Token)).Status);
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task A_resolver_is_given_entities_and_its_row_is_on_both_sides()
    {
        var place = await CreateAsync();
        var id = Guid.NewGuid();
        using (var host = await StartAsync(place))
        {
            var db = host.Services.GetRequiredService<TestDb>();
            await db.Members.InsertAsync(new Member { Id = id, Name = "Ada", Points = 1.10m, Since = DateTimeOffset.UnixEpoch.AddTicks(10), Photo = [0, 255] }, Token);
            await WaitAsync(db, Database.Neon);
            await host.StopAsync(Token);
        }

        using var later = await StartAsync(place, static async (db, id) =>
        {
            await db.Members.UpdateAsync((await db.Members.FindAsync(id, Token))! with { Points = 7.50m, Name = "Ada L." }, Token);
            await db.MemberProfiles.UpdateAsync((await db.MemberProfiles.FindAsync(id, Token))! with { Phone = "0171", Name = "Countess" }, Token);
        }, id);
        var root = later.Services.GetRequiredService<TestDb>();
        foreach (var source in new[] { Database.Supabase, Database.Neon, Database.Supabase, Database.Neon })
        {
            await WaitAsync(root, source);
        }

        var (member, profile) = (await root.Members.FindAsync(id, Token), await root.MemberProfiles.FindAsync(id, Token));
        Assert.Equal(("Ada L.", "0171", 7.50m, DateTimeOffset.UnixEpoch.AddTicks(10)), (member!.Name, member.Phone, member.Points, member.Since));
        Assert.Equal(("Ada L.", "0171", 7.50m, DateTimeOffset.UnixEpoch.AddTicks(10)), (profile!.Name, profile.Phone, profile.Points, profile.Since));
        Assert.Equal([0, 255], member.Photo);
        Assert.Equal([0, 255], profile.Photo);
        Assert.Equal(["members|Custom|merged"], await RowsAsync(root.Neon, "select map || '|' || policy || '|' || winner from dualdb.sync_conflicts"));
        await AssertEqualAsync(root);
        await later.StopAsync(Token);
    }

    [Fact]
    public async Task Health_is_degraded_while_rows_from_before_wait_for_a_backfill_or_another_version_has_maps_of_its_own()
    {
        var place = await CreateAsync();
        using var host = Build(place, static options => (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3)));
        var db = host.Services.GetRequiredService<TestDb>();
        await db.CreateTablesAsync(Token);
        await db.Tickets.InsertAsync(new Ticket { Title = "Lamp" }, Token);
        await db.Sync.InstallAsync(Token);
        await host.StartAsync(Token);
        var health = new SyncHealthCheck<TestDb>(host.Services);
        await Eventually.HoldsAsync(async () => await WordAsync() is (HealthStatus.Degraded, var word) && word.Contains("not been copied: ticket-cards, tickets. Call db.Sync.BackfillAsync", StringComparison.Ordinal), "the word of the backfill");
        await db.Sync.BackfillAsync(cancellationToken: Token);
        await Eventually.HoldsAsync(async () => (await WordAsync()).Status == HealthStatus.Healthy, "health");

        await db.Supabase.ExecuteAsync($"insert into dualdb.sync_maps (source, map, form, table_schema, table_name, needs_backfill) values (0, 'later', 'form', 'public', 'later', false)", Token);
        await Eventually.HoldsAsync(async () => await WordAsync() is (HealthStatus.Degraded, var word) && word.Contains("does not have, or has in an earlier form: later", StringComparison.Ordinal), "the word of the other version");
        await host.StopAsync(Token);

        async Task<(HealthStatus Status, string Word)> WordAsync()
        {
            var result = await health.CheckHealthAsync(new HealthCheckContext(), Token);
            return (result.Status, result.Description ?? "");
        }
    }

    [Fact]
    public async Task A_row_in_the_cache_falls_when_the_other_side_has_changed_it()
    {
        using var host = await StartAsync(await CreateAsync());
        var db = host.Services.GetRequiredService<TestDb>();
        var badge = await db.Badges.InsertAsync(new Badge { Id = Guid.NewGuid(), Label = "early" }, Token);
        await WaitAsync(db, Database.Neon);
        Assert.Equal("early", (await db.Badges.GetAsync(badge.Id, Token)).Label);
        await db.Supabase.ExecuteAsync($"update badge_copies set label = 'late' where id = {badge.Id}", Token);
        await WaitAsync(db, Database.Supabase);
        Assert.Equal(["late"], await RowsAsync(db.Neon, "select label from badges"));
        await Eventually.HoldsAsync(async () => (await db.Badges.GetAsync(badge.Id, Token)).Label == "late", "the cache's end of the row");

        // What was logged for the cache is not carried back, and nobody waits for it.
        await WaitAsync(db, Database.Neon);
        Assert.Equal(["0"], await RowsAsync(db.Neon, "select count(*)::text from dualdb.sync_conflicts where map = 'badges'"));
        Assert.Equal(0, (await db.Sync.StatusAsync(Token)).Sum(static status => status.Parked));
        await host.StopAsync(Token);
    }

    [Fact]
    public async Task Options_out_of_bounds_are_refused()
    {
        using var host = Build(await CreateAsync(), static options => options.PageSize = 0);

        var exception = Assert.Throws<DualDbConfigurationException>(() => host.Services.GetRequiredService<TestDb>());

        Assert.Contains("PageSize", exception.Message, StringComparison.Ordinal);
    }

    private static async Task WaitAsync(TestDb db, Database source) => await db.Sync.WaitForSyncAsync(await db.Sync.TokenAsync(source, Token), TimeSpan.FromSeconds(60), Token);

    private static async Task AssertEqualAsync(TestDb db)
    {
        var report = await db.Sync.VerifyAsync(cancellationToken: Token);
        Assert.True(report.IsEqual, report.ToTable());
        Assert.Equal(["badges", "members", "ticket-cards", "tickets"], report.Maps.Select(static map => map.Map).Order(StringComparer.Ordinal));
    }

    private async Task<(string Neon, string Supabase)> CreateAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"generated_sync_{Environment.ProcessId}_{Interlocked.Increment(ref s_number)}");
        return (await servers.Servers.Neon.CreateDatabaseAsync(name), await servers.Servers.Supabase.CreateDatabaseAsync(name));
    }

    /// <param name="place">The databases.</param>
    /// <param name="before">What happens before anything is carried; null for nothing.</param>
    /// <param name="id">What that is given.</param>
    private static async Task<IHost> StartAsync((string Neon, string Supabase) place, Func<TestDb, Guid, Task>? before = null, Guid id = default)
    {
        var host = Build(place, static options => (options.MaxPollInterval, options.Lease) = (TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(3)));
        var db = host.Services.GetRequiredService<TestDb>();
        await db.CreateTablesAsync(Token);
        await db.Sync.InstallAsync(Token);
        await db.Sync.InstallAsync(Token);
        if (before is not null)
        {
            await before(db, id);
        }

        await host.StartAsync(Token);
        return host;
    }

    private static IHost Build((string Neon, string Supabase) place, Action<SyncOptions> configure)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddTestDb(options => 
        {
            (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase);
            options.Caching.ChangePollInterval = TimeSpan.FromMilliseconds(50);
            options.Caching.For<Badge>(static entity => entity.NotifyOnChange());
        });
        builder.Services.AddTestDbSync(configure);
        return builder.Build();
    }

    private static async Task<List<string>> RowsAsync(PostgresDatabase database, string sql)
    {
        var rows = new List<string>();
        await using var connection = await database.OpenAsync(Token);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Token);
        while (await reader.ReadAsync(Token))
        {
            rows.Add(reader.GetString(0));
        }

        return rows;
    }
}
