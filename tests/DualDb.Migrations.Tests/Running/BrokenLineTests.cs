using DualDb.Migrations.Running;
using DualDb.Migrations.Tests.Places;
using DualDb.Testing;

namespace DualDb.Migrations.Tests.Running;

/// <summary>A database disappears in the middle of a run: that is told, nothing is half recorded, and the next run goes on.</summary>
public sealed class BrokenLineTests(MigrationServers servers)
{
    private const string First = "neon/20260101T1000_first";
    private const string Second = "neon/20260101T1100_second";

    [Theory]
    [InlineData("run begun", First, 1)]
    [InlineData("statement done, not committed", First, 1)]
    [InlineData("history written, not committed", First, 1)]
    [InlineData("attempt written", Second, 2)]
    [InlineData("statement done, not recorded", Second, 2)]
    [InlineData("recorded", Second, 3)]
    public async Task Database_that_disappears_is_told_with_where_the_run_stood_and_the_next_run_goes_on(string where, string migration, int statement)
    {
        await using var place = await PlaceAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        await using var db = Open(place, proxy);
        var isCut = false;

        var failed = await Assert.ThrowsAsync<MigrationInterruptedException>(() => Runner(db, place, point =>
        {
            if (!isCut && string.Equals(point, where, StringComparison.Ordinal))
            {
                isCut = proxy.RefuseConnections = true;
                proxy.CutAsync().GetAwaiter().GetResult();
            }
        }).MigrateAsync());

        Assert.Equal(Database.Neon, failed.Database);
        Assert.True(failed.InnerException is DatabaseUnavailableException or CommitOutcomeUnknownException, failed.ToString());
        Assert.Equal((migration, statement, false), (failed.Id.ToString(), failed.Statement, failed.IsUndoing));
        Assert.Equal(migration == First ? [] : [First], failed.Applied.Select(id => id.ToString()));
        Assert.Contains($"broke off in {migration} at statement {statement}; nothing is recorded by half.", failed.Message, StringComparison.Ordinal);
        Assert.Equal(migration != First, failed.Message.Contains($"Applied before it: {First}.", StringComparison.Ordinal));
        proxy.RefuseConnections = false;
        await place.EndLeasesAsync();
        await Runner(db, place, static _ => { }).MigrateAsync();
        await AssertAppliedOnceAsync(place);
    }

    [Fact]
    public async Task Lost_reply_to_a_commit_is_found_out_by_the_next_run()
    {
        await using var place = await PlaceAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        await using var db = Open(place, proxy);

        var interrupted = await Assert.ThrowsAsync<MigrationInterruptedException>(() => Runner(db, place, point =>
        {
            if (string.Equals(point, "history written, not committed", StringComparison.Ordinal))
            {
                proxy.DropNextReply();
            }
        }).MigrateAsync());
        Assert.IsType<CommitOutcomeUnknownException>(interrupted.InnerException);

        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select exists (select from dualdb.migrations where state = 'applied')"), "the commit took effect");
        proxy.Calm();
        await place.EndLeasesAsync();
        await Runner(db, place, static _ => { }).MigrateAsync();
        await AssertAppliedOnceAsync(place);
    }

    [Fact]
    public async Task Cancelled_run_gives_the_lock_back_and_goes_on_later()
    {
        await using var place = await PlaceAsync();
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner(place.Db, place, point =>
        {
            if (string.Equals(point, "attempt written", StringComparison.Ordinal))
            {
                cancellation.Cancel();
            }
        }).MigrateAsync(cancellation.Token));

        Assert.True(await place.AskNeonAsync<bool>("select owner is null from dualdb.migration_lock"));
        await place.Runner().MigrateAsync();
        await AssertAppliedOnceAsync(place);
    }

    [Fact]
    public async Task Database_that_disappears_on_the_way_down_is_told_with_where_it_stood()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(First, "create table ledger (step text);\n-- down:\ndrop table ledger;").Write(Second, "create table more (n int); create index concurrently more_n on more (n);\n-- down:\ndrop index concurrently more_n; drop table more;")
            .Write("supabase/20260101T1200_third", "select 1;\n-- down: none");
        await place.Runner().MigrateAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        await using var db = Open(place, proxy);
        var runner = Runner(db, place, point =>
        {
            if (!proxy.RefuseConnections && string.Equals(point, "statement done, not committed", StringComparison.Ordinal))
            {
                proxy.RefuseConnections = true;
                proxy.CutAsync().GetAwaiter().GetResult();
            }
        });

        var failed = await Assert.ThrowsAsync<MigrationInterruptedException>(async () => await runner.DownAsync(await runner.PlanDownAsync(3)));

        Assert.Equal((Second, 2, true), (failed.Id.ToString(), failed.Statement, failed.IsUndoing));
        Assert.Equal(["supabase/20260101T1200_third"], failed.Undone.Select(id => id.ToString()));
        Assert.Contains($"broke off in {Second} at statement 2 of its way down; nothing is recorded by half.", failed.Message, StringComparison.Ordinal);
        proxy.RefuseConnections = false;
        await place.EndLeasesAsync();
        Assert.Equal([Second, First], (await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1))).Undone.Select(id => id.ToString()));
    }

    /// <summary>A line that swallows everything: no answer comes, and no end of the connection either.</summary>
    [Fact]
    public async Task Line_that_swallows_everything_ends_the_run_with_its_lease()
    {
        await using var place = await PlaceAsync();
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", servers.Servers.Neon.Port);
        await using var db = Open(place, proxy);
        var runner = db.Migrations(DualDbMigrations.FromFolder(place.Folder), options =>
        {
            options.Lease = TimeSpan.FromSeconds(2);
            options.Probe = point =>
            {
                if (string.Equals(point, "statement done, not committed", StringComparison.Ordinal))
                {
                    proxy.Pause();
                }
            };
        });

        var run = runner.MigrateAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<MigrationLeaseLostException>(() => run.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        proxy.Resume();
        await place.EndLeasesAsync();
        await Runner(place.Db, place, static _ => { }).MigrateAsync();
        await AssertAppliedOnceAsync(place);
    }

    [Theory]
    [InlineData("", 15, 5)]
    [InlineData(";Tcp Keepalive Time=40;Tcp Keepalive Interval=7", 40, 7)]
    public async Task Peer_that_is_gone_is_noticed_by_the_system(string said, int time, int interval)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await using var db = place.Open(options => options.Neon.ConnectionString = place.Neon + said);
        await using var databases = RunDatabases.Open(db, new MigrationOptions { SupabaseConnectionString = place.Supabase + said });

        foreach (var database in databases.Both)
        {
            await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
            var settings = new Npgsql.NpgsqlConnectionStringBuilder(connection.ConnectionString);
            Assert.Equal((true, time, interval, 0), (settings.TcpKeepAlive, settings.TcpKeepAliveTime, settings.TcpKeepAliveInterval, settings.CommandTimeout));
        }
    }

    private static MigrationRunner Runner(TestDb db, MigrationPlace place, Action<string> probe)
        => db.Migrations(DualDbMigrations.FromFolder(place.Folder), options => options.Probe = probe);

    private static TestDb Open(MigrationPlace place, LatencyProxy proxy) => place.Open(options => options.Neon.ConnectionString = proxy.Rewrite(place.Neon));

    private static async Task AssertAppliedOnceAsync(MigrationPlace place)
    {
        Assert.Equal("a b c", await place.AskNeonAsync<string>("select string_agg(step, ' ' order by step) from ledger"));
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(indisvalid) and count(*) = 1 from pg_index where indrelid = 'ledger'::regclass"));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
    }

    private async Task<MigrationPlace> PlaceAsync()
        => (await MigrationPlace.CreateAsync(servers))
            .Write(First, "create table ledger (step text); insert into ledger values ('a');")
            .Write(Second, "insert into ledger values ('b'); create index concurrently ledger_step on ledger (step); insert into ledger values ('c');");
}
