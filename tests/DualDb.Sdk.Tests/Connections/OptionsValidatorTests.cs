using DualDb.Connections;

namespace DualDb.Sdk.Tests.Connections;

public class OptionsValidatorTests
{
    [Theory]
    [InlineData(Database.Neon, "Neon.ConnectionString", "DualDb:Neon:ConnectionString", "NEON_DATABASE_URL")]
    [InlineData(Database.Supabase, "Supabase.ConnectionString", "DualDb:Supabase:ConnectionString", "SUPABASE_DB_URL")]
    public async Task Names_every_place_of_a_missing_connection_string(Database database, string option, string key, string variable)
    {
        foreach (var missing in (string?[])[null, "", "  "])
        {
            var options = new DatabaseOptions { ConnectionString = missing };
            await using PostgresDatabase unreachable = database == Database.Neon ? new NeonDatabase(options) : new SupabaseDatabase(options);

            var exception = await Assert.ThrowsAsync<DualDbConfigurationException>(() => unreachable.PingAsync(TestContext.Current.CancellationToken));

            Assert.Contains(option, exception.Message, StringComparison.Ordinal);
            Assert.Contains(key, exception.Message, StringComparison.Ordinal);
            Assert.Contains(variable, exception.Message, StringComparison.Ordinal);
            Assert.Equal(database, exception.Database);
        }
    }

    [Fact]
    public void Says_that_the_REST_address_is_no_connection_string()
        => Assert.Contains("SUPABASE_URL", Assert.Single(OptionsValidator.Validate(Database.Supabase, new DatabaseOptions())), StringComparison.Ordinal);

    [Fact]
    public void Lists_every_fault()
    {
        var options = new DatabaseOptions
        {
            ConnectionString = "postgresql://app:s3cr3t@h:port/db",
            MaxPoolSize = 0,
            ConnectionIdleLifetime = TimeSpan.Zero,
            ConnectTimeout = TimeSpan.FromMilliseconds(10),
            CommandTimeout = TimeSpan.FromSeconds(-5),
            MaxRetries = -1,
            RetryDelay = TimeSpan.FromSeconds(-1),
            CopyThreshold = 0,
            AutoPrepare = (AutoPrepare)9,
        };

        var faults = OptionsValidator.Validate(Database.Neon, options).ToList();

        Assert.Equal(9, faults.Count);
        Assert.All(faults, fault => Assert.StartsWith("Neon.", fault, StringComparison.Ordinal));
        Assert.All(faults, fault => Assert.DoesNotContain("s3cr3t", fault, StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("MaxPoolSize is 0; it must be at least 1", StringComparison.Ordinal));
    }

    [Fact]
    public void Finds_nothing_wrong_with_the_defaults()
        => Assert.Empty(OptionsValidator.Validate(Database.Neon, new DatabaseOptions { ConnectionString = "postgresql://app:pw@h/db" }));

    [Fact]
    public async Task Reports_settings_that_contradict_each_other()
    {
        await using var database = new NeonDatabase(new DatabaseOptions
        {
            ConnectionString = "Host=h;Password=s3cr3t;Minimum Pool Size=5;Maximum Pool Size=2",
            AutoPrepare = AutoPrepare.Never, // so that the pool is built before anything connects
        });

        var exception = await Assert.ThrowsAsync<DualDbConfigurationException>(() => database.PingAsync(TestContext.Current.CancellationToken));

        Assert.Contains("Neon.ConnectionString", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }
}
