using DualDb.Connections.Parsing;
using Npgsql;

namespace DualDb.Sdk.Tests.Connections;

public class PostgresUriTests
{
    private static NpgsqlConnectionStringBuilder Parse(string uri) => ConnectionStringParser.Parse(uri).Builder;

    [Theory]
    [InlineData("postgres://app:pw@db.example.com:5433/shop", "db.example.com", 5433, "shop", "app", "pw")]
    [InlineData("postgresql://app:pw@db.example.com/shop", "db.example.com", 5432, "shop", "app", "pw")]
    [InlineData("POSTGRESQL://app:pw@db.example.com:/shop", "db.example.com", 5432, "shop", "app", "pw")]
    [InlineData("postgresql://db.example.com", "db.example.com", 5432, null, null, null)]
    [InlineData("postgresql://app@db.example.com/", "db.example.com", 5432, null, "app", null)]
    [InlineData("postgresql://app:@db.example.com", "db.example.com", 5432, null, "app", null)]
    [InlineData("postgresql://app:pw@[::1]:5433/shop", "::1", 5433, "shop", "app", "pw")]
    [InlineData("postgresql://app:pw@[2001:db8::7]/shop", "2001:db8::7", 5432, "shop", "app", "pw")]
    [InlineData("postgresql://app:pw@[fe80::1%25eth0]/shop", "fe80::1%eth0", 5432, "shop", "app", "pw")]
    [InlineData("  postgresql://app:pw@db.example.com/shop\r\n", "db.example.com", 5432, "shop", "app", "pw")]
    [InlineData("postgresql://app:pw@db.example.com?sslmode=require", "db.example.com", 5432, null, "app", "pw")]
    [InlineData("postgresql://%2Fvar%2Frun%2Fpostgresql/shop", "/var/run/postgresql", 5432, "shop", null, null)]
    [InlineData("postgresql:///shop?host=/var/run/postgresql&port=5433", "/var/run/postgresql", 5433, "shop", null, null)]
    [InlineData("postgresql://db.example.com/shop?user=app&password=p%20w", "db.example.com", 5432, "shop", "app", "p w")]
    public void Reads_every_part(string uri, string host, int port, string? database, string? user, string? password)
    {
        var builder = Parse(uri);

        Assert.Equal((host, port, database, user, password), (builder.Host, builder.Port, builder.Database, builder.Username, builder.Password));
    }

    [Theory]
    [InlineData("p%40ss%3Aw%2Frd%3F%23%25", "p@ss:w/rd?#%")]
    [InlineData("p@ss", "p@ss")] // raw @: no host can hold one
    [InlineData("a@b@c", "a@b@c")]
    [InlineData("p:ss", "p:ss")]
    [InlineData("p?ss", "p?ss")]
    [InlineData("p#ss", "p#ss")]
    [InlineData("p;ss='x'\"", "p;ss='x'\"")]
    [InlineData("p+ss", "p+ss")] // a plus is a plus: this is no HTML form
    [InlineData("gr%C3%BC%C3%9F%F0%9F%94%91", "grüß🔑")]
    [InlineData("grüß🔑", "grüß🔑")]
    [InlineData("%2525", "%25")]
    [InlineData("%20lead%20", " lead ")]
    public void Keeps_the_password_as_it_is(string written, string meant)
    {
        var builder = Parse($"postgresql://app:{written}@db.example.com:5432/shop?sslmode=require");

        Assert.Equal((meant, "db.example.com", "shop"), (builder.Password, builder.Host, builder.Database));
        Assert.Equal(meant, new NpgsqlConnectionStringBuilder(builder.ConnectionString).Password);
    }

    [Fact]
    public void Decodes_user_and_database()
    {
        var builder = Parse("postgresql://postgres.abc%40def:pw@db.example.com/my%20shop%2Fnew");

        Assert.Equal(("postgres.abc@def", "my shop/new"), (builder.Username, builder.Database));
    }

    [Theory]
    [InlineData("postgresql://app:pw@a.example.com:5432,b.example.com:5433/shop", "a.example.com:5432,b.example.com:5433")]
    [InlineData("postgresql://app:pw@a.example.com,b.example.com/shop", "a.example.com:5432,b.example.com:5432")]
    [InlineData("postgresql://app:pw@[::1]:5433,b.example.com/shop", "[::1]:5433,b.example.com:5432")]
    public void Reads_several_hosts(string uri, string hosts) => Assert.Equal(hosts, Parse(uri).Host);

    [Theory]
    [InlineData("postgresql://app:s3cr3t@db.example.com:port/shop")]
    [InlineData("postgresql://app:s3cr3t@db.example.com:0/shop")]
    [InlineData("postgresql://app:s3cr3t@db.example.com:70000/shop")]
    [InlineData("postgresql://app:s3cr3t@db.example.com:-1/shop")]
    [InlineData("postgresql://app:s3cr3t@[::1/shop")]
    [InlineData("postgresql://app:s3cr3t@[]/shop")]
    [InlineData("postgresql://app:s3cr3t@[::1]5432/shop")]
    [InlineData("postgresql://app:s3cr3t@/shop")]
    [InlineData("postgresql://app:s3cr3t@ /shop")]
    [InlineData("postgresql://app:s3cr3t@a,,b/shop")]
    [InlineData("postgresql://app:s3cr3t%@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t%zz@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t%4@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t%C3@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t%00@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t/x@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t?x/y@db.example.com/shop")]
    [InlineData("postgresql://app:123/s3cr3t@db.example.com/shop?nope=1")]
    [InlineData("postgresql://app:1/p?s3cr3t=x@db.example.com/shop")]
    [InlineData("postgresql://app:s3cr3t@db.example.com/shop?sslmode")]
    [InlineData("postgresql://app:s3cr3t@db.example.com/shop?=x")]
    [InlineData("postgresql://")]
    [InlineData("postgresql:///shop")]
    [InlineData("mysql://app:s3cr3t@db.example.com/shop")]
    [InlineData("https://app:s3cr3t@db.example.com/shop")]
    [InlineData("jdbc:postgresql://app:s3cr3t@db.example.com/shop")]
    [InlineData("psql 'postgresql://app:s3cr3t@db.example.com/shop'")]
    [InlineData("'postgresql://app:s3cr3t@db.example.com/shop'")]
    [InlineData("\"postgresql://app:s3cr3t@db.example.com/shop\"")]
    [InlineData("app:s3cr3t@db.example.com/shop")]
    [InlineData("not a connection string s3cr3t")]
    public void Refuses_what_is_malformed_without_the_password(string uri)
    {
        var exception = Assert.Throws<ConnectionStringException>(() => Parse(uri));

        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
        Assert.Null(exception.InnerException);
        Assert.NotEmpty(exception.Message);
    }

    [Fact]
    public void Advises_to_encode_a_password_with_a_slash()
    {
        var exception = Assert.Throws<ConnectionStringException>(() => Parse("postgresql://app:s3/cr3t@db.example.com/shop"));

        Assert.Contains("/ is %2F", exception.Message, StringComparison.Ordinal);
    }
}
