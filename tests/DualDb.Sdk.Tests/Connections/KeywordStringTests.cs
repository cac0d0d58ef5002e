using DualDb.Connections.Parsing;

namespace DualDb.Sdk.Tests.Connections;

public class KeywordStringTests
{
    [Fact]
    public void Reads_Npgsqls_keywords()
    {
        var parsed = ConnectionStringParser.Parse(" Host=db.example.com;Port=5433;Username=app;Password='p;w=://x';Database=shop;SSL Mode=Require;pgbouncer=true ");

        Assert.Equal(("db.example.com", 5433, "p;w=://x", "shop"), (parsed.Builder.Host, parsed.Builder.Port, parsed.Builder.Password, parsed.Builder.Database));
        Assert.True(parsed.DeclaresPooler);
    }

    [Theory]
    [InlineData("Host=h;Nonsense=1;Password=s3cr3t", "Nonsense")]
    [InlineData("Host=h;Password=s3cr3t;Port=s3cr3t", "Port")]
    [InlineData("Host=h;Password=s3cr3t;SSL Mode=s3cr3t", "SSL Mode")]
    [InlineData("Host=h;Password=s3cr3t;Timeout=-1", "Timeout")]
    public void Names_the_keyword_at_fault(string text, string keyword)
    {
        var exception = Assert.Throws<ConnectionStringException>(() => ConnectionStringParser.Parse(text));

        Assert.Contains(keyword, exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=h;Password=ab;s3cr3t=ef")]
    [InlineData("Host=h;Pwd = ab ; s3cr3t = ef")]
    [InlineData("Password=a;s3cr3t=b;Host=h")]
    [InlineData("Host=h;Password=ab\"s3cr3t;x")]
    [InlineData("Host=h;Password=s3cr3t;x")]
    [InlineData("Username=app;Password=s3cr3t")]
    [InlineData("Password=s3cr3t;Host=  ")]
    public void Never_takes_the_tail_of_a_password_for_a_keyword_to_print(string text)
    {
        var exception = Assert.Throws<ConnectionStringException>(() => ConnectionStringParser.Parse(text));

        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(exception.InnerException);
    }
}
