using System.Collections.Frozen;
using Npgsql;

namespace DualDb.Connections.Parsing;

/// <summary>libpq's options and their counterparts in Npgsql.</summary>
internal static class LibpqOptions
{
    private const int DefaultPort = NpgsqlConnection.DefaultPort;

    public delegate void Setter(NpgsqlConnectionStringBuilder builder, string name, string value);

    /// <summary>By lower-case name.</summary>
    public static FrozenDictionary<string, Setter> Setters { get; } = new Dictionary<string, Setter>(StringComparer.Ordinal)
    {
        ["host"] = (b, _, v) => b.Host = v,
        ["hostaddr"] = (b, _, v) => b.Host = v,
        ["port"] = (b, n, v) => b.Port = v.Length == 0 ? DefaultPort : UriValue.Positive(n, v),
        ["user"] = (b, _, v) => b.Username = v,
        ["password"] = (b, _, v) => b.Password = v,
        ["dbname"] = (b, _, v) => b.Database = v,
        ["passfile"] = (b, _, v) => b.Passfile = v,
        ["require_auth"] = (b, n, v) => b.RequireAuth = string.Join(',', v.Split(',').Select(method => AuthenticationMethod(n, method.Trim()))),
        ["connect_timeout"] = (b, n, v) => b.Timeout = UriValue.Number(n, v),
        ["connection_limit"] = (b, n, v) => b.MaxPoolSize = UriValue.Positive(n, v),
        ["application_name"] = (b, _, v) => b.ApplicationName = v,
        ["fallback_application_name"] = (b, _, v) => b.ApplicationName ??= v,
        ["client_encoding"] = SetEncoding,
        ["options"] = (b, _, v) => b.Options = v,
        ["sslmode"] = (b, n, v) => b.SslMode = UriValue.Choice<SslMode>(n, v),
        ["ssl"] = (b, n, v) => b.SslMode = UriValue.Flag(n, v) ? SslMode.Require : SslMode.Disable,
        ["sslnegotiation"] = (b, n, v) => b.SslNegotiation = UriValue.Choice<SslNegotiation>(n, v),
        ["sslrootcert"] = SetRootCertificate,
        ["sslcert"] = (b, _, v) => b.SslCertificate = v,
        ["sslkey"] = (b, _, v) => b.SslKey = v,
        ["sslpassword"] = (b, _, v) => b.SslPassword = v,
        ["channel_binding"] = (b, n, v) => b.ChannelBinding = UriValue.Choice<ChannelBinding>(n, v),
        ["gssencmode"] = (b, n, v) => b.GssEncryptionMode = UriValue.Choice<GssEncryptionMode>(n, v),
        ["krbsrvname"] = (b, _, v) => b.KerberosServiceName = v,
        ["target_session_attrs"] = (b, n, v) => b.TargetSessionAttributes = SessionAttributes(n, v),
        ["load_balance_hosts"] = SetLoadBalancing,
        ["keepalives"] = (b, n, v) => b.TcpKeepAlive = UriValue.Flag(n, v),
        ["keepalives_idle"] = (b, n, v) => b.TcpKeepAliveTime = UriValue.Number(n, v),
        ["keepalives_interval"] = (b, n, v) => b.TcpKeepAliveInterval = UriValue.Number(n, v),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static void SetEncoding(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        // "auto" asks libpq for the terminal's encoding, which has no meaning here.
        if (!value.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            builder.ClientEncoding = value;
        }
    }

    /// <summary><c>system</c> means the machine's own authorities, which Npgsql takes where no file is named; libpq then verifies in full.</summary>
    private static void SetRootCertificate(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        if (value.Equals("system", StringComparison.Ordinal))
        {
            builder.SslMode = SslMode.VerifyFull;
            return;
        }

        builder.RootCertificate = value;
    }

    /// <summary>The same methods, spelled as Npgsql's parser wants them; a ! in front excludes one in both.</summary>
    private static string AuthenticationMethod(string name, string method)
        => method.StartsWith('!') ? "!" + AuthenticationMethod(name, method[1..])
            : method.ToLowerInvariant() switch
            {
                "password" => "Password",
                "md5" => "MD5",
                "gss" => "GSS",
                "sspi" => "SSPI",
                "scram-sha-256" => "ScramSHA256",
                "none" => "None",
                _ => throw new ConnectionStringException($"The option {name} is none of password, md5, gss, sspi, scram-sha-256, none."),
            };

    private static string SessionAttributes(string name, string value)
        => value is "any" or "primary" or "standby" or "prefer-primary" or "prefer-standby" or "read-write" or "read-only"
            ? value
            : throw new ConnectionStringException($"The option {name} is none of any, primary, standby, prefer-standby, read-write, read-only.");

    private static void SetLoadBalancing(NpgsqlConnectionStringBuilder builder, string name, string value)
        => builder.LoadBalanceHosts = value switch
        {
            "random" => true,
            "disable" => false,
            _ => throw new ConnectionStringException($"The option {name} is none of disable, random."),
        };
}
