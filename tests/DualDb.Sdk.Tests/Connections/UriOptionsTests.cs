using DualDb.Connections.Parsing;
using Npgsql;

namespace DualDb.Sdk.Tests.Connections;

public class UriOptionsTests
{
    private static ParsedConnectionString Parse(string query) => ConnectionStringParser.Parse($"postgresql://app:s3cr3t@db.example.com/shop?{query}");

    [Theory]
    [InlineData("disable", SslMode.Disable)]
    [InlineData("allow", SslMode.Allow)]
    [InlineData("prefer", SslMode.Prefer)]
    [InlineData("require", SslMode.Require)]
    [InlineData("verify-ca", SslMode.VerifyCA)]
    [InlineData("verify-full", SslMode.VerifyFull)]
    [InlineData("Verify-Full", SslMode.VerifyFull)]
    public void Maps_the_modes_of_TLS(string written, SslMode mode) => Assert.Equal(mode, Parse($"sslmode={written}").Builder.SslMode);

    [Fact]
    public void Maps_libpq_options_to_Npgsql()
    {
        var builder = Parse(
            "channel_binding=require&connect_timeout=7&application_name=my%20shop&options=-c%20work_mem%3D1MB&target_session_attrs=read-write"
            + "&load_balance_hosts=random&keepalives=1&keepalives_idle=60&keepalives_interval=10&sslrootcert=%2Fca.pem&sslcert=%2Fc.pem&sslkey=%2Fk.pem"
            + "&sslnegotiation=direct&gssencmode=disable&krbsrvname=pg&passfile=%2Fpass&client_encoding=UTF8&require_auth=scram-sha-256&connection_limit=3").Builder;

        Assert.Equal(ChannelBinding.Require, builder.ChannelBinding);
        Assert.Equal(7, builder.Timeout);
        Assert.Equal("my shop", builder.ApplicationName);
        Assert.Equal("-c work_mem=1MB", builder.Options);
        Assert.Equal("read-write", builder.TargetSessionAttributes);
        Assert.True(builder.LoadBalanceHosts);
        Assert.True(builder.TcpKeepAlive);
        Assert.Equal((60, 10), (builder.TcpKeepAliveTime, builder.TcpKeepAliveInterval));
        Assert.Equal(("/ca.pem", "/c.pem", "/k.pem"), (builder.RootCertificate, builder.SslCertificate, builder.SslKey));
        Assert.Equal(SslNegotiation.Direct, builder.SslNegotiation);
        Assert.Equal(GssEncryptionMode.Disable, builder.GssEncryptionMode);
        Assert.Equal(("pg", "/pass", "UTF8"), (builder.KerberosServiceName, builder.Passfile, builder.ClientEncoding));
        Assert.Equal("ScramSHA256", builder.RequireAuth);
        Assert.Equal(3, builder.MaxPoolSize);
    }

    [Fact]
    public void Takes_the_authorities_of_the_system_for_sslrootcert_system()
    {
        var builder = Parse("sslrootcert=system").Builder;

        Assert.Equal((SslMode.VerifyFull, null), (builder.SslMode, builder.RootCertificate));
    }

    [Fact]
    public void Prefers_the_application_name_to_its_fallback()
        => Assert.Equal("shop", Parse("application_name=shop&fallback_application_name=other").Builder.ApplicationName);

    [Fact]
    public void Reads_an_encoded_endpoint_option() => Assert.Equal("endpoint=ep-cool-1", Parse("options=endpoint%3Dep-cool-1").Builder.Options);

    [Theory]
    [InlineData("pgbouncer=true", true)]
    [InlineData("pgbouncer=1&connection_limit=1", true)]
    [InlineData("pgbouncer=false", false)]
    [InlineData("statement_cache_size=0", true)]
    [InlineData("statement_cache_size=100", false)]
    [InlineData("sslmode=require", false)]
    public void Notes_a_declared_pooler(string query, bool declared) => Assert.Equal(declared, Parse(query).DeclaresPooler);

    [Theory]
    [InlineData("supa=base-pooler.x")]
    [InlineData("workaround=supabase-pooler.vercel")]
    [InlineData("")]
    [InlineData("&sslmode=require&")]
    [InlineData("client_encoding=auto")]
    public void Passes_over_marks_for_other_drivers(string query) => Assert.Equal("db.example.com", Parse(query).Builder.Host);

    [Theory]
    [InlineData("nonsense=1", "nonsense")]
    [InlineData("keepalives_count=3", "keepalives_count")]
    [InlineData("sslmode=yes", "sslmode")]
    [InlineData("sslmode=", "sslmode")]
    [InlineData("connect_timeout=soon", "connect_timeout")]
    [InlineData("connect_timeout=-1", "connect_timeout")]
    [InlineData("channel_binding=maybe", "channel_binding")]
    [InlineData("pgbouncer=perhaps", "pgbouncer")]
    [InlineData("target_session_attrs=fast", "target_session_attrs")]
    [InlineData("load_balance_hosts=yes", "load_balance_hosts")]
    [InlineData("port=0", "port")]
    [InlineData("application_name=%zz", "application_name")]
    [InlineData("require_auth=magic", "require_auth")]
    [InlineData("keepalives_idle=99999999999", "keepalives_idle")]
    public void Names_the_option_at_fault_and_not_the_password(string query, string option)
    {
        var exception = Assert.Throws<ConnectionStringException>(() => Parse(query));

        Assert.Contains(option, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cr3t", exception.ToString(), StringComparison.Ordinal);
    }
}
