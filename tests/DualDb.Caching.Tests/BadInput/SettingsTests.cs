using DualDb.Connections;
using DualDb.Hosting;
using DualDb.Testing;
using Microsoft.Extensions.Configuration;
using StackExchange.Redis;

namespace DualDb.Caching.Tests.BadInput;

/// <summary>Settings that make no sense, and settings that switch off.</summary>
public sealed class SettingsTests(StoreServers servers)
{
    [Fact]
    public void What_makes_no_sense_is_refused_and_all_of_it_is_told()
    {
        var exception = Assert.Throws<DualDbConfigurationException>(static () => StoreDb.Create(static options =>
        {
            options.Neon.ConnectionString = options.Supabase.ConnectionString = "Host=127.0.0.1;Database=none;Username=none";
            options.Caching.SizeLimit = 0;
            options.Caching.MaxPayloadBytes = -1;
            options.Caching.CompressAboveBytes = -1;
            options.Caching.RedisTimeout = TimeSpan.Zero;
            options.Caching.RedisRetryDelay = TimeSpan.FromSeconds(-1);
            options.Caching.LoadLock = TimeSpan.FromSeconds(-1);
            options.Caching.KeyPrefix = "a{b";
            options.Caching.For<Product>(static product =>
            {
                product.Duration = TimeSpan.Zero;
                product.Negative = TimeSpan.FromSeconds(-1);
                product.Jitter = TimeSpan.FromSeconds(-1);
                product.FailSafe = TimeSpan.FromSeconds(-1);
                product.FailSafeThrottle = TimeSpan.Zero;
                product.SoftTimeout = TimeSpan.Zero;
                product.HardTimeout = TimeSpan.FromSeconds(-2);
                product.EagerRefreshAt = 1.5;
                product.Size = 0;
            });
        }));
        string[] names =
        [
            "SizeLimit", "MaxPayloadBytes", "CompressAboveBytes", "RedisTimeout", "RedisRetryDelay", "LoadLock", "KeyPrefix",
            .. new[] { "Duration", "Negative", "Jitter", "FailSafe ", "FailSafeThrottle", "SoftTimeout", "HardTimeout", "EagerRefreshAt", "Size" }
                .Select(static name => "Caching.Entities.Product." + name),
        ];
        Assert.All(names, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_share_outside_of_0_to_1_is_refused(double share)
    {
        var options = new CachingOptions();
        options.For<Product>(product => product.EagerRefreshAt = share);
        Assert.Contains("EagerRefreshAt", Assert.Single(CachingValidator.Validate(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_overrides_the_attribute_and_code_overrides_both()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["DualDb:Neon:ConnectionString"] = "Host=127.0.0.1;Database=none;Username=none",
            ["DualDb:Supabase:ConnectionString"] = "Host=127.0.0.1;Database=none;Username=none",
            ["DualDb:Caching:Entities:Product:Duration"] = "00:00:07",
            ["DualDb:Caching:Entities:Product:L2"] = "false",
            ["DualDb:Caching:Entities:Shop:Duration"] = "00:00:08",
        }).Build();
        var options = OptionsAssembly.Assemble(
            "StoreDb", DatabaseUse.Neon | DatabaseUse.Supabase, static options => options.Caching.For<Shop>(static shop => shop.Duration = TimeSpan.FromSeconds(9)), configuration, static _ => null);
        var declared = new CacheSettings(TimeSpan.FromMinutes(5));
        var product = SettingsOverride.Apply(declared, options.Caching.Entities["Product"]);
        Assert.Equal((TimeSpan.FromSeconds(7), false, true), (product.Duration, product.L2, product.L1));
        Assert.Equal(TimeSpan.FromSeconds(9), SettingsOverride.Apply(declared, options.Caching.Entities["Shop"]).Duration);
    }

    [Theory]
    [InlineData("all", 2)]
    [InlineData("entity", 2)]
    [InlineData("L1", 1)]
    [InlineData("L2", 1)]
    [InlineData("both levels", 2)]
    public async Task What_is_switched_off_is_not_used(string off, int statements)
    {
        await using var store = await servers.CreateAsync();
        var node = store.Create(options =>
        {
            options.Caching.Enabled = off != "all";
            options.Caching.For<Product>(product =>
            {
                product.Enabled = off != "entity";
                product.L1 = off is not ("L1" or "both levels");
                product.L2 = off is not ("L2" or "both levels");
            });
        });
        var lamp = await node.Products.InsertAsync(store.NewProduct());
        using var counter = StatementCounter.Start();
        Assert.Equal(lamp, await node.Products.GetAsync(lamp.Id));
        await Eventually.HoldsAsync(() => node.Cache.Core.Loads.IsEmpty, "A load did not end.");
        if (off == "L1")
        {
            await Eventually.HoldsAsync(async () => await HoldsPayloadAsync(store), "Redis was not filled.");
        }

        Assert.Equal(lamp, await node.Products.GetAsync(lamp.Id));
        Assert.Equal(statements, counter.Count);
        Assert.Equal(off is not ("L2" or "both levels" or "all" or "entity"), await HoldsPayloadAsync(store));
    }

    private async Task<bool> HoldsPayloadAsync(Store store)
    {
        using var connection = await ConnectionMultiplexer.ConnectAsync($"{servers.Redis.Host}:{servers.Redis.Port},syncTimeout=60000");
        return connection.GetServer(servers.Redis.Host, servers.Redis.Port).Keys(pattern: "*public.products:*").Select(static key => (string)key!)
            .Any(key => key.StartsWith($"{{{store.Prefix}}}:neon.public.products:", StringComparison.Ordinal)
                && !key.Contains(":v:", StringComparison.Ordinal) && !key.Contains(":l:", StringComparison.Ordinal));
    }
}
