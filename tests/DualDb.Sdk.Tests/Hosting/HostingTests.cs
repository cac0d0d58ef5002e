using DualDb.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.Sdk.Tests.Hosting;

public class HostingTests
{
    private const string Address = "postgresql://app:s3cr3t@127.0.0.1:1/shop";

    private static IConfiguration Configuration(params (string Key, string Value)[] values)
        => new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();

    private static DualDbHost Create(
        DatabaseUse use = DatabaseUse.Neon | DatabaseUse.Supabase,
        Action<DualDbOptions>? configure = null,
        IConfiguration? configuration = null,
        params (string Name, string Value)[] environment)
        => DualDbHost.Create(
            "ShopDb", use, configure, configuration, loggerFactory: null, name => environment.FirstOrDefault(variable => variable.Name == name).Value);

    [Fact]
    public void Overrides_the_environment_by_configuration_and_that_by_code()
    {
        using var host = Create(
            configure: options => options.Neon.MaxPoolSize = 7,
            configuration: Configuration(("DualDb:Supabase:ConnectionString", "Host=from-configuration"), ("DualDb:Neon:MaxPoolSize", "5"), ("DualDb:Neon:MaxRetries", "2")),
            environment: [("NEON_DATABASE_URL", "postgresql://from-environment/db"), ("SUPABASE_DB_URL", "postgresql://hidden/db")]);

        Assert.Equal("postgresql://from-environment/db", host.Neon.Options.ConnectionString);
        Assert.Equal("Host=from-configuration", host.Supabase.Options.ConnectionString);
        Assert.Equal((7, 2), (host.Neon.Options.MaxPoolSize, host.Neon.Options.MaxRetries));
    }

    [Fact]
    public void Reads_every_option_from_the_configuration()
    {
        using var host = Create(DatabaseUse.Neon, configuration: Configuration(
            ("DualDb:Neon:ConnectionString", Address),
            ("DualDb:Neon:MaxPoolSize", "5"),
            ("DualDb:Neon:ConnectionIdleLifetime", "00:01:00"),
            ("DualDb:Neon:ConnectTimeout", "7"),
            ("DualDb:Neon:CommandTimeout", "1.5"),
            ("DualDb:Neon:AutoPrepare", "always"),
            ("DualDb:Neon:MaxRetries", "0"),
            ("DualDb:Neon:RetryDelay", "00:00:00.050"),
            ("DualDb:Neon:MaxRetryDelay", "2"),
            ("dualdb:neon:copythreshold", "9")));

        var options = host.Neon.Options;
        Assert.Equal((5, 0, 9, AutoPrepare.Always), (options.MaxPoolSize, options.MaxRetries, options.CopyThreshold, options.AutoPrepare));
        Assert.Equal((TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(1.5)), (options.ConnectionIdleLifetime, options.ConnectTimeout, options.CommandTimeout));
        Assert.Equal((TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(2)), (options.RetryDelay, options.MaxRetryDelay));
    }

    [Fact]
    public void Reads_who_users_are_from_the_configuration()
    {
        const string Secret = "a-secret-of-these-tests-with-more-than-32-characters";
        using var host = Create(DatabaseUse.Supabase, configuration: Configuration(
            ("DualDb:Supabase:ConnectionString", Address),
            ("DualDb:Supabase:JwtSecret", Secret),
            ("DualDb:Supabase:UserRoles:0", "authenticated"),
            ("DualDb:Supabase:UserRoles:1", "moderator")));

        var options = (SupabaseOptions)host.Supabase.Options;
        Assert.Equal(Secret, options.JwtSecret);
        Assert.Equal(["authenticated", "moderator"], options.UserRoles);
    }

    [Fact]
    public void Refuses_a_role_for_users_that_sees_everything()
    {
        var failure = Assert.Throws<DualDbConfigurationException>(() => Create(DatabaseUse.Supabase, configuration: Configuration(
            ("DualDb:Supabase:ConnectionString", Address), ("DualDb:Supabase:JwtSecret", "short-one"), ("DualDb:Supabase:UserRoles", "authenticated, service_role"))));

        Assert.Contains("'service_role'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("JwtSecret", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("short-one", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxPoolSize", "many")]
    [InlineData("MaxPoolSize", "1.5")]
    [InlineData("ConnectTimeout", "soon")]
    [InlineData("AutoPrepare", "sometimes")]
    [InlineData("AutoPrepare", "7")]
    [InlineData("Nonsense", "1")]
    public void Names_the_key_of_a_bad_value(string key, string value)
    {
        var exception = Assert.Throws<DualDbConfigurationException>(
            () => Create(DatabaseUse.Neon, configuration: Configuration(("DualDb:Neon:ConnectionString", Address), ($"DualDb:Neon:{key}", value))));

        Assert.Contains($"DualDb:Neon:{key}", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ShopDb", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_every_fault_in_one_exception()
    {
        var exception = Assert.Throws<DualDbConfigurationException>(() => Create(
            configure: options => options.Neon.MaxPoolSize = 0,
            configuration: Configuration(("DualDb:Supabase:MaxRetries", "x")),
            environment: [("SUPABASE_DB_URL", "postgresql://app:s3cr3t@h:port/db"), ("SUPABASE_URL", "https://x.supabase.co")]));

        Assert.Contains("NEON_DATABASE_URL", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Neon.MaxPoolSize", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Supabase.ConnectionString is malformed", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DualDb:Supabase:MaxRetries", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_both_ways_to_Supabase_where_none_is_set()
    {
        var exception = Assert.Throws<DualDbConfigurationException>(() => Create(DatabaseUse.Supabase));

        Assert.Contains("SUPABASE_DB_URL", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SUPABASE_URL", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reaches_Supabase_over_REST_by_address_and_key()
    {
        await using var host = Create(DatabaseUse.Supabase, environment: [("SUPABASE_URL", "https://x.supabase.co"), ("SUPABASE_ANON_KEY", "sb_publishable_x")]);

        Assert.NotNull(host.Supabase.Rest);
    }

    [Fact]
    public async Task Prefers_SQL_where_both_are_set()
    {
        await using var host = Create(
            DatabaseUse.Supabase, environment: [("SUPABASE_DB_URL", Address), ("SUPABASE_URL", "https://x.supabase.co"), ("SUPABASE_ANON_KEY", "sb_publishable_x")]);

        Assert.Null(host.Supabase.Rest);
    }

    [Theory]
    [InlineData("https://x.supabase.co", null, "Supabase.ApiKey")]
    [InlineData("https://x.supabase.co", "not a key", "Supabase.ApiKey")]
    [InlineData("https://x.supabase.co", "a.b.c", "Supabase.ApiKey")]
    [InlineData("x.supabase.co", "sb_publishable_x", "Supabase.Url")]
    [InlineData("http://x.supabase.co", "sb_publishable_x", "Supabase.Url")]
    [InlineData("https://x.supabase.co", "sb_secret_do_not_tell", "SUPABASE_ANON_KEY")]
    public void Refuses_addresses_and_keys_that_are_none_without_telling_them(string url, string? key, string named)
    {
        var exception = Assert.Throws<DualDbConfigurationException>(
            () => Create(DatabaseUse.Supabase, environment: key is null ? [("SUPABASE_URL", url)] : [("SUPABASE_URL", url), ("SUPABASE_ANON_KEY", key)]));

        Assert.Contains(named, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("do_not_tell", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_secret_key_where_a_publishable_one_belongs()
    {
        var exception = Assert.Throws<DualDbConfigurationException>(() => Create(DatabaseUse.Supabase, options =>
        {
            options.Supabase.Url = "https://x.supabase.co";
            options.Supabase.ApiKey = "sb_secret_do_not_tell";
            options.Supabase.PublishableKey = "sb_secret_do_not_tell";
        }));

        Assert.Contains("Supabase.PublishableKey", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("do_not_tell", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DatabaseUse.None, false, false)]
    [InlineData(DatabaseUse.Neon, true, false)]
    [InlineData(DatabaseUse.Supabase, false, true)]
    public async Task Asks_only_for_the_databases_in_use(DatabaseUse use, bool neon, bool supabase)
    {
        await using var host = Create(use, options =>
        {
            options.Neon.ConnectionString = neon ? Address : null;
            options.Supabase.ConnectionString = supabase ? Address : null;
        });

        var unset = neon ? (PostgresDatabase)host.Supabase : host.Neon;
        await Assert.ThrowsAsync<DualDbConfigurationException>(() => unset.PingAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Checks_the_options_when_the_root_is_resolved()
    {
        using var provider = new ServiceCollection().AddSampleDb(options =>
        {
            options.Neon.ConnectionString = "nonsense s3cr3t";
            options.Supabase.ConnectionString = Address;
        }).BuildServiceProvider();

        var exception = Assert.Throws<DualDbConfigurationException>(provider.GetRequiredService<SampleDb>);

        Assert.Contains("Neon.ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Takes_the_configuration_of_the_container()
    {
        using var provider = new ServiceCollection()
            .AddSingleton(Configuration(("DualDb:Neon:ConnectionString", Address), ("DualDb:Supabase:ConnectionString", Address), ("DualDb:Neon:MaxPoolSize", "4")))
            .AddSampleDb()
            .BuildServiceProvider();

        Assert.Equal(4, provider.GetRequiredService<ISampleDb>().Neon.Options.MaxPoolSize);
        Assert.Same(provider.GetRequiredService<SampleDb>(), provider.GetRequiredService<ISampleDb>());
    }

    [Fact]
    public void Adds_to_the_options_when_called_again()
    {
        using var provider = new ServiceCollection()
            .AddSampleDb(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString, options.Neon.MaxPoolSize) = (Address, Address, 3))
            .AddSampleDb(options => options.Neon.MaxPoolSize = 4)
            .AddSampleDb()
            .BuildServiceProvider();

        Assert.Equal((4, Address), (provider.GetRequiredService<SampleDb>().Neon.Options.MaxPoolSize, provider.GetRequiredService<SampleDb>().Neon.Options.ConnectionString));
        Assert.Single(provider.GetServices<ISampleDb>());
    }

    [Fact]
    public void Keeps_the_options_of_two_roots_apart()
    {
        using var provider = new ServiceCollection()
            .AddSampleDb(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString, options.Neon.MaxPoolSize) = (Address, Address, 3))
            .AddDualDbRoot("OtherDb", DatabaseUse.Neon, options => options.Neon.ConnectionString = Address, (neon, supabase, _) => new OtherDb(neon, supabase))
            .BuildServiceProvider();

        Assert.Equal(3, provider.GetRequiredService<SampleDb>().Neon.Options.MaxPoolSize);
        Assert.Equal(20, provider.GetRequiredService<OtherDb>().Neon.Options.MaxPoolSize);
        Assert.NotSame(provider.GetRequiredService<SampleDb>().Neon, provider.GetRequiredService<OtherDb>().Neon);
    }

    [Fact]
    public async Task Is_disposed_of_with_the_container_either_way()
    {
        foreach (var asynchronously in (bool[])[false, true])
        {
            var provider = new ServiceCollection()
                .AddSampleDb(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (Address, Address))
                .BuildServiceProvider();
            var database = provider.GetRequiredService<ISampleDb>();

            if (asynchronously)
            {
                await provider.DisposeAsync();
            }
            else
            {
                provider.Dispose();
            }

            await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Neon.PingAsync(TestContext.Current.CancellationToken));
            await Assert.ThrowsAsync<ObjectDisposedException>(() => database.Supabase.PingAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Creates_a_root_without_a_container()
    {
        await using var database = SampleDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (Address, Address));

        Assert.Equal((Database.Neon, Database.Supabase), (database.Neon.Kind, database.Supabase.Kind));
    }

    private sealed class OtherDb(NeonDatabase neon, SupabaseDatabase supabase) : SampleDb(neon, supabase);

    [Fact]
    public async Task Connections_over_rest_are_made_as_the_options_say()
    {
        await using var provider = new ServiceCollection().AddSampleDb(static options =>
        {
            options.Neon.ConnectionString = Address;
            options.Supabase.Url = "https://abcdefgh.supabase.co";
            options.Supabase.ApiKey = "sb_publishable_0123456789";
            options.Supabase.ConnectTimeout = TimeSpan.FromSeconds(3);
            options.Supabase.MaxPoolSize = 7;
        }).BuildServiceProvider();
        provider.GetRequiredService<SampleDb>();

        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(DualDbServiceCollectionExtensions.HttpClientName);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
        {
            handler = inner;
        }

        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.Equal((TimeSpan.FromSeconds(3), 7), (sockets.ConnectTimeout, sockets.MaxConnectionsPerServer));
        Assert.True(sockets.EnableMultipleHttp2Connections);
        Assert.False(sockets.AllowAutoRedirect);
    }
}
