using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Another login than the application's may install, and the guide says what the application's needs.</summary>
public sealed class RightsTests(ConsistencyServers places)
{
    private const string Tables = "grant usage on schema dualdb to {0}; grant select, insert, update, delete on all tables in schema dualdb to {0}; grant select, insert, update, delete on all tables in schema public to {0}";

    private const string Earlier = """
        drop table dualdb.sync_held, dualdb.sync_alerts, dualdb.sync_pauses; alter table dualdb.sync_maps drop column target_schema, drop column target_table; alter table dualdb.sync_positions drop column is_partial; alter table dualdb.sync_positions rename stepped_at to advanced_at;
        update dualdb.schema_versions set version = 4 where module = 'sync'
        """;

    private readonly string _login = $"carrier_{Guid.NewGuid():N}";

    [Theory]
    [InlineData(SyncDirection.OneWay)]
    [InlineData(SyncDirection.TwoWay)]
    public async Task A_login_with_the_rights_that_the_guide_names_carries(SyncDirection direction)
    {
        await using var place = await CreateAsync(direction);
        await GrantAsync(place);
        await AssertCarriesAsync(place, direction);
    }

    [Fact]
    public async Task A_login_has_its_rights_on_the_tables_of_a_later_version_too()
    {
        await using var place = await CreateAsync(SyncDirection.OneWay);
        await BothAsync(place, Earlier);
        await GrantAsync(place);
        await BothAsync(place, ConsistencySchema.Sync);
        await BothAsync(place, ConsistencySchema.Sync);
        await AssertCarriesAsync(place, SyncDirection.OneWay);
        Assert.Equal("DELETE,INSERT,SELECT,UPDATE", await place.SupabaseAsync($"select string_agg(privilege_type, ',' order by privilege_type) from information_schema.role_table_grants where table_name = 'sync_held' and grantee = '{_login}'"));
    }

    private async Task AssertCarriesAsync(SyncPlace place, SyncDirection direction)
    {
        await place.StartAsync(databases: options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (As(place.Neon), As(place.Supabase)));
        await place.NeonAsync("insert into items (id, name) values (1, 'neon')");
        await place.SettleAsync();
        Assert.Equal("neon", await place.SupabaseAsync("select title from copies"));
        if (direction == SyncDirection.TwoWay)
        {
            await place.SupabaseAsync("update copies set title = 'supabase'");
            await place.SettleAsync();
            Assert.Equal("supabase", await place.NeonAsync("select name from items"));
        }
    }

    private string As(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { Username = _login, Password = _login }.ConnectionString;

    private Task<SyncPlace> CreateAsync(SyncDirection direction) => SyncPlace.CreateAsync(places.Servers, [Maps.Of(direction)], Maps.Items, Maps.Copies);

    private Task GrantAsync(SyncPlace place) => BothAsync(place, $"create role {_login} login password '{_login}'; " + Tables.Replace("{0}", _login, StringComparison.Ordinal));

    private static async Task BothAsync(SyncPlace place, string sql)
    {
        await place.NeonAsync(sql);
        await place.SupabaseAsync(sql);
    }
}
