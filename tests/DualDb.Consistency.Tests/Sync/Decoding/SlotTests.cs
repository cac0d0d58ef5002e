using System.Collections.Concurrent;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>Slots are made, looked after and dropped; what cannot be decoded is refused by name.</summary>
[Collection(DecodingCollection.Name)]
public sealed class SlotTests(DecodingServers places, ConsistencyServers undecoded)
{
    private const string Slots = "select string_agg(slot_name, ',' order by slot_name) from pg_replication_slots where database = current_database()";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_part_has_one_that_bears_the_name_of_the_database_and_installing_again_changes_nothing()
    {
        await using var place = await CreateAsync(static options => options.Parts = 2);
        var oid = await place.NeonAsync("select oid::text from pg_database where datname = current_database()");
        Assert.Equal($"dualdb_sync_{oid}_0,dualdb_sync_{oid}_1", await place.NeonAsync(Slots));
        var before = await place.NeonAsync("select string_agg(confirmed_flush_lsn::text, ',' order by slot_name) from pg_replication_slots where database = current_database()");
        await place.Sync.InstallAsync(Stop);
        Assert.Equal(before, await place.NeonAsync("select string_agg(confirmed_flush_lsn::text, ',' order by slot_name) from pg_replication_slots where database = current_database()"));
        Assert.Equal(DBNull.Value, await place.SupabaseAsync(Slots));
        await place.Sync.DropSlotsAsync(Database.Neon, Stop);
        Assert.Equal(DBNull.Value, await place.NeonAsync(Slots));
        Assert.Equal(0L, await place.NeonAsync("select count(*) from pg_publication"));
    }

    [Fact]
    public async Task One_that_is_dropped_stops_the_direction_which_goes_on_where_it_was_with_a_new_one()
    {
        await using var place = await CreateAsync();
        var alerts = new ConcurrentQueue<SyncAlert>();
        await place.StartAsync(DecodingServers.DecodeNeon(), alerts: alerts.Enqueue);
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        await ReadAsync(place);
        await place.NeonAsync("select pg_terminate_backend(active_pid), pg_sleep(0) from pg_replication_slots where database = current_database()");
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    await place.NeonAsync("select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database() and active");
                    await place.NeonAsync("select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database() and not active");
                    return await place.NeonAsync(Slots) is DBNull;
                }
                catch (PostgresException)
                {
                    // The node has taken it again.
                    return false;
                }
            },
            "the drop");
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped is not null, "the stop");
        var why = (await place.Sync.StatusAsync()).Single().Stopped!;
        Assert.Contains("The replication slot dualdb_sync_", why, StringComparison.Ordinal);
        Assert.Contains("db.Sync.ResumeAsync(Database.Neon)", why, StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert.Kind == SyncAlertKind.DirectionStopped), "the alert");

        // What is written meanwhile is not passed over.
        await place.NeonAsync("insert into items (id) values (2)");
        Assert.Contains("replication slot", (await Assert.ThrowsAsync<SyncTimeoutException>(async () => await place.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromMilliseconds(200), Stop))).Message, StringComparison.Ordinal);
        await place.Sync.ResumeAsync(Database.Neon, Stop);
        await place.NeonAsync("insert into items (id) values (3)");
        await place.SettleAsync();
        Assert.Equal("1,2,3", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
        await ApplyLog.EachOnceAsync(place);
        await ReadAsync(place);
    }

    [Fact]
    public async Task One_that_has_lost_what_it_held_stops_the_direction_and_is_made_anew()
    {
        await using var servers = await LocalServers.StartAsync(static options => (options.PostgreSqlSettings["wal_level"], options.PostgreSqlSettings["max_slot_wal_keep_size"], options.PostgreSqlSettings["min_wal_size"], options.PostgreSqlSettings["max_wal_size"]) = ("logical", "1MB", "32MB", "32MB"), Stop);
        await using var place = await CreateAsync(servers: servers);
        await place.NeonAsync("insert into items (id) values (1); create table bulk (text text)");
        await Eventually.HoldsAsync(
            async () =>
            {
                await place.NeonAsync("insert into bulk select repeat(md5(n::text), 30) from generate_series(1, 20000) n");
                await place.NeonAsync("select pg_switch_wal()");
                await place.NeonAsync("checkpoint");
                return await place.NeonAsync("select wal_status from pg_replication_slots where database = current_database()") is "lost";
            },
            "the loss");
        await place.StartAsync(DecodingServers.DecodeNeon());
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped?.Contains("max_slot_wal_keep_size", StringComparison.Ordinal) == true, "the stop");
        await place.Sync.ResumeAsync(Database.Neon, Stop);
        await place.NeonAsync("insert into items (id) values (2)");
        await place.SettleAsync();
        Assert.Equal("1,2", await place.SupabaseAsync("select string_agg(item_id::text, ',' order by item_id) from copies"));
        await ReadAsync(place);
    }

    [Fact]
    public async Task What_it_holds_back_is_told_by_alert_and_status_until_somebody_reads_again()
    {
        await using var place = await CreateAsync();
        var alerts = new ConcurrentQueue<SyncAlert>();
        await place.StartAsync(DecodingServers.DecodeNeon(static options => options.Neon.MaxRetainedWal = 1 << 20), alerts: alerts.Enqueue);
        await place.NeonAsync("truncate items");
        await Eventually.HoldsAsync(async () => (await place.Sync.StatusAsync()).Single().Stopped is not null, "the stop");
        await place.NeonAsync("create table bulk as select repeat(md5(n::text), 30) as text from generate_series(1, 5000) n");
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert is { Kind: SyncAlertKind.WalRetained, IsResolved: false }), "the alert");
        var alert = alerts.First(static alert => alert.Kind == SyncAlertKind.WalRetained);
        Assert.Contains("nobody reads from it", alert.Message, StringComparison.Ordinal);
        Assert.True((await place.Sync.StatusAsync()).Single().RetainedWal > 1 << 20);
        await place.Sync.ResumeAsync(Database.Neon, Stop);
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert is { Kind: SyncAlertKind.WalRetained, IsResolved: true }), "its end");
    }

    [Fact]
    public async Task One_that_is_read_from_is_not_dropped_and_the_last_map_takes_it_along()
    {
        await using var place = await CreateAsync();
        await place.StartAsync(DecodingServers.DecodeNeon());
        await ReadAsync(place);
        Assert.Contains("is being read from", (await Assert.ThrowsAsync<DualDbConfigurationException>(() => place.Sync.DropSlotsAsync(Database.Neon, Stop))).Message, StringComparison.Ordinal);
        await place.StopAsync();
        await Eventually.HoldsAsync(async () => !(bool)(await place.NeonAsync("select bool_or(active) from pg_replication_slots where database = current_database()"))!, "the end of the reader");
        Assert.True(await place.Sync.ForgetAsync("items", Stop));
        Assert.Equal(DBNull.Value, await place.NeonAsync(Slots));
    }

    [Fact]
    public async Task A_server_without_a_logical_log_is_refused_before_anything_is_made()
    {
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => CreateAsync(servers: undecoded.Servers));
        Assert.Equal(Database.Neon, refused.Database);
        Assert.Contains("wal_level is replica, and has to be logical", refused.Message, StringComparison.Ordinal);

        await using var place = await SyncPlace.CreateAsync(undecoded.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync(DecodingServers.DecodeNeon());
        await Eventually.HoldsAsync(() => node.Failure is not null, "the refusal");
        Assert.Contains("wal_level", Assert.IsType<DualDbConfigurationException>(node.Failure).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_no_longer_published_is_refused_by_a_node_that_starts()
    {
        await using var place = await CreateAsync();
        await place.NeonAsync("drop publication dualdb_change_log");
        var node = await place.StartAsync(DecodingServers.DecodeNeon());
        await Eventually.HoldsAsync(() => node.Failure is not null, "the refusal");
        var refused = Assert.IsType<DualDbConfigurationException>(node.Failure);
        Assert.Equal(Database.Neon, refused.Database);
        Assert.Contains("the publication dualdb_change_log of dualdb.change_log is not there. Call db.Sync.InstallAsync()", refused.Message, StringComparison.Ordinal);
        await place.StopAsync();

        await place.Sync.InstallAsync(Stop);
        await place.StartAsync(DecodingServers.DecodeNeon());
        await ReadAsync(place);
    }

    [Fact]
    public async Task A_server_with_too_few_slots_or_senders_is_refused_before_anything_is_made()
    {
        await using var servers = await LocalServers.StartAsync(static options => (options.PostgreSqlSettings["wal_level"], options.PostgreSqlSettings["max_replication_slots"], options.PostgreSqlSettings["max_wal_senders"]) = ("logical", "2", "1"), Stop);
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var senders = await RefusedAsync(parts: 2);
        Assert.Contains("max_wal_senders is 1, and 2 are needed", senders.Message, StringComparison.Ordinal);

        await place.NeonAsync("select pg_create_physical_replication_slot('another'), pg_create_physical_replication_slot('third')");
        var slots = await RefusedAsync(parts: 1);
        Assert.Contains("max_replication_slots, less those of others, is 0, and 1 are needed", slots.Message, StringComparison.Ordinal);
        Assert.Equal(0L, await place.NeonAsync("select count(*) from pg_publication"));

        await place.NeonAsync("select pg_drop_replication_slot('third')");
        await place.Sync.InstallAsync(Stop);
        Assert.Equal(2L, await place.NeonAsync("select count(*) from pg_replication_slots"));
        await place.Sync.InstallAsync(Stop);

        async Task<DualDbConfigurationException> RefusedAsync(int parts)
        {
            (place.Sync.Options.Neon.Source, place.Sync.Options.Parts) = (SyncSource.LogicalDecoding, parts);
            var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => place.Sync.InstallAsync(Stop));
            Assert.Equal(Database.Neon, refused.Database);
            return refused;
        }
    }

    [Theory]
    [InlineData("Host=ep-one-pooler.eu-central-1.aws.neon.tech;Username=u;Password=secret;Database=d", "ep-one-pooler")]
    [InlineData("postgres://u:secret@localhost:6543/d", "localhost:6543")]
    [InlineData("Hosts=1", "no connection string that can be used")]
    public async Task A_pooler_is_refused(string connectionString, string expected)
    {
        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(() => CreateAsync(options => options.Neon.ReplicationConnectionString = connectionString));
        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
        Assert.Contains("SyncOptions.Neon.ReplicationConnectionString", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_may_go_through_a_pooler_where_the_replication_does_not()
    {
        await using var place = await CreateAsync();
        await using var pooler = await LocalPgBouncer.StartAsync(places.Servers.Neon, Stop);
        await place.StartAsync(DecodingServers.DecodeNeon(options => options.Neon.ReplicationConnectionString = place.Neon), options => options.Neon.ConnectionString = pooler.Rewrite(place.Neon));
        await ReadAsync(place);
        await place.NeonAsync("insert into items (id) values (1)");
        await place.SettleAsync();
        Assert.Equal(1L, await place.SupabaseAsync("select count(*) from copies"));
    }

    [Fact]
    public async Task A_login_that_may_not_replicate_is_refused()
    {
        await using var place = await CreateAsync();
        await place.NeonAsync("drop role if exists plain; create role plain login password 'plain'");
        var node = await place.StartAsync(DecodingServers.DecodeNeon(options => options.Neon.ReplicationConnectionString = new NpgsqlConnectionStringBuilder(place.Neon) { Username = "plain", Password = "plain" }.ConnectionString));
        await Eventually.HoldsAsync(() => node.Failure is not null, "the refusal");
        var refused = Assert.IsType<DualDbConfigurationException>(node.Failure);
        Assert.Equal(Database.Neon, refused.Database);
        Assert.Contains("REPLICATION", refused.Message, StringComparison.Ordinal);
    }

    private Task<SyncPlace> CreateAsync(Action<SyncOptions>? configure = null, LocalServers? servers = null)
        => SyncPlace.CreateAsync(servers ?? places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, ApplyLog.Copies, DecodingServers.DecodeNeon(configure));

    private static Task ReadAsync(SyncPlace place)
        => Eventually.HoldsAsync(async () => await place.NeonAsync("select bool_and(active) from pg_replication_slots where database = current_database()") is true, "the decoding");
}
