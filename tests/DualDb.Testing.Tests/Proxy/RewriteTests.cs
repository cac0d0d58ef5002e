using Npgsql;

namespace DualDb.Testing.Tests.Proxy;

public sealed class RewriteTests
{
    [Fact]
    public async Task Keywords_keep_everything_but_the_address()
    {
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", 1);
        const string Original = "Server=db.example.com;Port=6543;Database=shop;User Id=anna;Password='a;b''c';Maximum Pool Size=7";
        var before = new NpgsqlConnectionStringBuilder(Original);
        var after = new NpgsqlConnectionStringBuilder(proxy.Rewrite(Original));

        Assert.Equal((proxy.Host, proxy.Port), (after.Host, after.Port));
        Assert.Equal((before.Database, before.Username, before.Password, before.MaxPoolSize), (after.Database, after.Username, after.Password, after.MaxPoolSize));
    }

    [Theory]
    [InlineData("postgres://u:p@db.example.com:6543/shop", "postgres://u:p@{0}/shop")]
    [InlineData("postgresql://u:p%40%2F@db.example.com/shop?sslmode=require", "postgresql://u:p%40%2F@{0}/shop?sslmode=require")]
    [InlineData("postgres://u:p@[2001:db8::1]:5432/shop", "postgres://u:p@{0}/shop")]
    [InlineData("POSTGRES://db.example.com", "POSTGRES://{0}")]
    [InlineData("postgres://u:p@x@db.example.com?application_name=a", "postgres://u:p@x@{0}?application_name=a")]
    [InlineData("http://127.0.0.1:54321", "http://{0}")]
    [InlineData("https://abc.supabase.co/rest/v1/orders?id=eq.1#x", "https://{0}/rest/v1/orders?id=eq.1#x")]
    public async Task Uris_keep_everything_but_the_address(string original, string expected)
    {
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", 1);
        Assert.Equal(expected.Replace("{0}", $"{proxy.Host}:{proxy.Port}", StringComparison.Ordinal), proxy.Rewrite(original));
    }

    [Fact]
    public async Task Nothing_cannot_be_rewritten()
    {
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", 1);
        Assert.Throws<ArgumentException>(() => proxy.Rewrite(""));
        Assert.Throws<ArgumentNullException>(() => proxy.Rewrite(null!));
    }
}
