namespace DualDb.Caching.Tests.Redis;

/// <summary>Where Redis is, as hosts hand it out and as people write it.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("redis://cache.example", "cache.example:6379", null, null, false)]
    [InlineData("redis://cache.example:6380/3", "cache.example:6380", null, 3, false)]
    [InlineData("redis://default:p%40ss%3Aw%2Frd@cache.example:6380/0", "cache.example:6380", "p@ss:w/rd", 0, false)]
    [InlineData("redis://:secret@cache.example", "cache.example:6379", "secret", null, false)]
    [InlineData("rediss://:secret@cache.example:6390", "cache.example:6390", "secret", null, true)]
    [InlineData("cache.example:6380,password=secret,ssl=true,defaultDatabase=2", "cache.example:6380", "secret", 2, true)]
    public void An_address_is_read(string address, string endpoint, string? password, int? database, bool isEncrypted)
    {
        Assert.Null(RedisAddress.FindFault(address));
        var options = RedisAddress.Parse(address);
        Assert.EndsWith(endpoint, Assert.Single(options.EndPoints).ToString(), StringComparison.Ordinal);
        Assert.Equal((password, database, isEncrypted), (options.Password, options.DefaultDatabase, options.Ssl));
        Assert.DoesNotContain("secret", new StackExchangeConnector(address).Address, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://:hunter2@cache.example")]
    [InlineData("redis://")]
    [InlineData("redis://:hunter2@")]
    [InlineData("redis://:hunter2@cache.example:notaport")]
    [InlineData("redis://:hunter2@cache.example:99999")]
    [InlineData("redis://:hunter2@cache.example/abc")]
    [InlineData("redis://:hunter2@cache.example/-1")]
    [InlineData("redis://:hunter2@ca che.example")]
    [InlineData("redis://default:12/hunter2@cache.example:6379")]
    [InlineData("cache.example:6379,passwrod=hunter2")]
    public void A_malformed_one_is_refused_without_telling_the_password(string address)
    {
        var exception = Assert.Throws<DualDbConfigurationException>(() => StoreDb.Create(options =>
        {
            options.Neon.ConnectionString = options.Supabase.ConnectionString = "Host=127.0.0.1;Database=none;Username=none";
            options.Caching.Redis = address;
        }));
        Assert.Contains("Caching.Redis", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.ToString(), StringComparison.Ordinal);
    }
}
