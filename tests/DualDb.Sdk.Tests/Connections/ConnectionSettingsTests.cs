using DualDb.Connections;
using DualDb.Connections.Parsing;
using Npgsql;

namespace DualDb.Sdk.Tests.Connections;

public class ConnectionSettingsTests
{
    private const string Address = "Host=db.example.com;Username=app;Password=pw";

    private static NpgsqlConnectionStringBuilder Pool(string connectionString, DatabaseOptions? options = null, bool isDirect = false)
        => ConnectionSettings.Parse(connectionString, options ?? new DatabaseOptions()).ForPool(isDirect);

    [Fact]
    public void Chooses_settings_that_suit_poolers_and_sleeping_databases()
    {
        var pool = Pool(Address);

        Assert.Equal((20, 30, 15, 30), (pool.MaxPoolSize, pool.ConnectionIdleLifetime, pool.Timeout, pool.CommandTimeout));
        Assert.True(pool.NoResetOnClose);
        Assert.Equal(GssEncryptionMode.Disable, pool.GssEncryptionMode);
        Assert.False(pool.Enlist);
        Assert.False(pool.Multiplexing);
        Assert.False(pool.IncludeErrorDetail);
        Assert.Equal(0, pool.KeepAlive);
        Assert.Equal("DualDb", pool.ApplicationName);
        Assert.Null(pool.SearchPath);
        Assert.True(pool.ConnectionPruningInterval <= pool.ConnectionIdleLifetime);
    }

    [Fact]
    public void Takes_the_options()
    {
        var pool = Pool(Address, new DatabaseOptions
        {
            MaxPoolSize = 3,
            ConnectionIdleLifetime = TimeSpan.FromSeconds(5),
            ConnectTimeout = TimeSpan.FromMilliseconds(1500),
            CommandTimeout = Timeout.InfiniteTimeSpan,
        });

        Assert.Equal((3, 5, 2, 0), (pool.MaxPoolSize, pool.ConnectionIdleLifetime, pool.Timeout, pool.CommandTimeout));
        Assert.Equal(5, pool.ConnectionPruningInterval);
    }

    [Fact]
    public void Lets_the_connection_string_win()
    {
        var pool = Pool(
            Address + ";Maximum Pool Size=7;Connection Idle Lifetime=60;Timeout=3;Command Timeout=4;No Reset On Close=false;Enlist=true"
            + ";GSS Encryption Mode=Prefer;Application Name=mine;Max Auto Prepare=9",
            new DatabaseOptions { MaxPoolSize = 3 });

        Assert.Equal((7, 60, 3, 4), (pool.MaxPoolSize, pool.ConnectionIdleLifetime, pool.Timeout, pool.CommandTimeout));
        Assert.False(pool.NoResetOnClose);
        Assert.True(pool.Enlist);
        Assert.Equal((GssEncryptionMode.Prefer, "mine", 9), (pool.GssEncryptionMode, pool.ApplicationName, pool.MaxAutoPrepare));
    }

    [Theory]
    [InlineData(AutoPrepare.WhenProven, false, 0)]
    [InlineData(AutoPrepare.WhenProven, true, 100)]
    [InlineData(AutoPrepare.Never, true, 0)]
    [InlineData(AutoPrepare.Always, false, 100)]
    public void Prepares_statements_only_as_allowed(AutoPrepare allowed, bool isDirect, int prepared)
        => Assert.Equal(prepared, Pool(Address, new DatabaseOptions { AutoPrepare = allowed }, isDirect).MaxAutoPrepare);

    [Theory]
    [InlineData("postgresql://u:p@ep-cool-123456.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require", EndpointVerdict.Direct)]
    [InlineData("postgresql://u:p@ep-cool-123456-pooler.eu-central-1.aws.neon.tech/neondb?sslmode=require&channel_binding=require", EndpointVerdict.Pooler)]
    [InlineData("postgresql://u:p@EP-cool-123456-POOLER.c-2.eu-central-1.aws.NEON.tech/neondb", EndpointVerdict.Pooler)]
    [InlineData("postgresql://postgres:p@db.abcdefgh.supabase.co:5432/postgres", EndpointVerdict.Unknown)]
    [InlineData("postgresql://postgres:p@db.abcdefgh.supabase.co:6543/postgres", EndpointVerdict.Pooler)]
    [InlineData("postgresql://postgres.abcdefgh:p@aws-0-eu-central-1.pooler.supabase.com:5432/postgres", EndpointVerdict.Pooler)]
    [InlineData("postgresql://postgres.abcdefgh:p@aws-0-eu-central-1.pooler.supabase.com:6543/postgres?pgbouncer=true", EndpointVerdict.Pooler)]
    [InlineData("postgresql://u:p@127.0.0.1:5432/shop", EndpointVerdict.Unknown)]
    [InlineData("postgresql://u:p@127.0.0.1:5432/shop?pgbouncer=true", EndpointVerdict.Pooler)]
    [InlineData("postgresql://u:p@my-pooler.example.com/shop", EndpointVerdict.Unknown)]
    [InlineData("postgresql://u:p@a.example.com:5432,b.example.com:6543/shop", EndpointVerdict.Pooler)]
    [InlineData("postgresql://u:p@[::1]:6543/shop", EndpointVerdict.Pooler)]
    [InlineData("postgresql://u:p@[2001:db8::6543]/shop", EndpointVerdict.Unknown)]
    [InlineData("postgresql://u:p@evilneon.tech/shop", EndpointVerdict.Unknown)]
    public void Judges_the_vendors_addresses(string uri, object verdict)
        => Assert.Equal((EndpointVerdict)verdict, ConnectionSettings.Parse(uri, new DatabaseOptions()).Verdict);

    [Theory]
    [InlineData(Address, AutoPrepare.WhenProven, true)]
    [InlineData(Address, AutoPrepare.Always, false)]
    [InlineData(Address, AutoPrepare.Never, false)]
    [InlineData(Address + ";Max Auto Prepare=5", AutoPrepare.WhenProven, false)]
    [InlineData("postgresql://u:p@ep-x-pooler.eu.aws.neon.tech/db", AutoPrepare.WhenProven, false)]
    [InlineData("postgresql://u:p@a,b/db", AutoPrepare.WhenProven, false)]
    public void Asks_the_endpoint_only_where_the_answer_matters(string connectionString, AutoPrepare allowed, bool asks)
        => Assert.Equal(asks, ConnectionSettings.Parse(connectionString, new DatabaseOptions { AutoPrepare = allowed }).NeedsProbe);

    [Theory]
    [InlineData("postgresql://u:p@ep-x-pooler.eu.aws.neon.tech/db?options=-c%20search_path%3Dshop", "Options")]
    [InlineData("Host=aws-0-eu.pooler.supabase.com;Username=u;Password=p;Search Path=shop", "Search Path")]
    [InlineData("Host=h;Username=u;Password=p;Multiplexing=true", "Multiplexing")]
    public void Refuses_what_cannot_work(string connectionString, string setting)
    {
        var exception = Assert.Throws<ConnectionStringException>(() => ConnectionSettings.Parse(connectionString, new DatabaseOptions()));

        Assert.Contains(setting, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lets_Neons_endpoint_option_pass()
        => Assert.Equal("endpoint=ep-x", Pool("postgresql://u:p@ep-x-pooler.eu.aws.neon.tech/db?options=endpoint%3Dep-x").Options);

    [Fact]
    public void Asks_over_a_connection_that_no_pool_keeps()
    {
        var probe = ConnectionSettings.Parse(Address, new DatabaseOptions()).ForProbe();

        Assert.False(probe.Pooling);
        Assert.Equal(0, probe.MaxAutoPrepare);
    }
}
