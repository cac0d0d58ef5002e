using System.Globalization;
using Npgsql;

namespace DualDb.Connections.Parsing;

/// <summary>
/// Reads <c>postgresql://user:password@host:port,host:port/database?option=value</c> with libpq's rules
/// (PostgreSQL's manual, 34.1.1.2). <see cref="Uri"/> cannot: it knows no list of hosts, and refuses passwords that libpq accepts.
/// </summary>
internal static class PostgresUri
{
    private const string EncodeHint =
        "Where the user name or password holds one of @ : / ? # %, write it percent-encoded (@ is %40, : is %3A, / is %2F, ? is %3F, # is %23, % is %25).";

    /// <summary>Reads a URI.</summary>
    /// <param name="text">The whole URI.</param>
    /// <param name="scheme">Its scheme.</param>
    /// <exception cref="ConnectionStringException">The URI is malformed.</exception>
    public static ParsedConnectionString Parse(string text, string scheme)
    {
        var rest = text.AsSpan(scheme.Length + "://".Length);
        var builder = new NpgsqlConnectionStringBuilder();

        var credentialsEnd = FindCredentialsEnd(rest);
        if (credentialsEnd >= 0)
        {
            ReadCredentials(rest[..credentialsEnd], builder);
            rest = rest[(credentialsEnd + 1)..];
        }

        var hostsEnd = rest.IndexOfAny('/', '?');
        ReadHosts(hostsEnd < 0 ? rest : rest[..hostsEnd], builder);
        rest = hostsEnd < 0 ? [] : rest[hostsEnd..];

        var pathEnd = rest.IndexOf('?');
        var path = pathEnd < 0 ? rest : rest[..pathEnd];
        if (path.Length > 1)
        {
            builder.Database = PercentEncoding.Decode(path[1..], "database name");
        }

        // Without credentials an @ further on is most likely the end of a password with a raw / in it: its tail must not be printed.
        var mayHoldPassword = credentialsEnd < 0 && rest.Contains('@');
        var options = new UriOptions(builder, nameOptions: !mayHoldPassword);
        options.Read(pathEnd < 0 ? [] : rest[(pathEnd + 1)..]);
        return new ParsedConnectionString(builder, options.DeclaresPooler);
    }

    /// <summary>
    /// The place of the @ that ends the credentials, or -1. As in libpq they may hold a raw ?, but no raw /; unlike there a raw @ in
    /// the password is understood, since no host can hold one.
    /// </summary>
    private static int FindCredentialsEnd(ReadOnlySpan<char> rest)
    {
        var slash = rest.IndexOf('/');
        var region = slash < 0 ? rest : rest[..slash];
        var first = region.IndexOf('@');
        if (first < 0)
        {
            return -1;
        }

        var question = region.IndexOf('?');
        if (question >= 0 && question < first && !region[..question].Contains(':'))
        {
            return -1; // host?application_name=a@b
        }

        var tail = region[first..];
        var hostsEnd = tail.IndexOf('?');
        return first + (hostsEnd < 0 ? tail : tail[..hostsEnd]).LastIndexOf('@');
    }

    private static void ReadCredentials(ReadOnlySpan<char> credentials, NpgsqlConnectionStringBuilder builder)
    {
        var colon = credentials.IndexOf(':');
        var user = colon < 0 ? credentials : credentials[..colon];
        if (!user.IsEmpty)
        {
            builder.Username = PercentEncoding.Decode(user, "user name");
        }

        if (colon >= 0 && colon + 1 < credentials.Length)
        {
            builder.Password = PercentEncoding.Decode(credentials[(colon + 1)..], "password");
        }
    }

    private static void ReadHosts(ReadOnlySpan<char> text, NpgsqlConnectionStringBuilder builder)
    {
        if (text.IsEmpty)
        {
            return;
        }

        var hosts = new List<(string Host, int? Port)>();
        foreach (var range in text.Split(','))
        {
            hosts.Add(ReadHost(text[range]));
        }

        if (hosts is [var (host, port)])
        {
            builder.Host = host;
            builder.Port = port ?? NpgsqlConnection.DefaultPort;
            return;
        }

        builder.Host = string.Join(',', hosts.Select(Format));
    }

    private static string Format((string Host, int? Port) endpoint)
    {
        var host = endpoint.Host.Contains(':', StringComparison.Ordinal) ? $"[{endpoint.Host}]" : endpoint.Host;
        return string.Create(CultureInfo.InvariantCulture, $"{host}:{endpoint.Port ?? NpgsqlConnection.DefaultPort}");
    }

    private static (string Host, int? Port) ReadHost(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> host;
        ReadOnlySpan<char> port;
        if (text.StartsWith("["))
        {
            var end = text.IndexOf(']');
            if (end < 2 || (end + 1 < text.Length && text[end + 1] != ':'))
            {
                throw new ConnectionStringException("An IPv6 host is not written as [address]:port.");
            }

            host = text[1..end];
            port = text[(end + 1)..];
        }
        else
        {
            var colon = text.IndexOf(':');
            host = colon < 0 ? text : text[..colon];
            port = colon < 0 ? [] : text[colon..];
        }

        var name = PercentEncoding.Decode(host, "host");
        if (name.Length == 0 || name.Any(char.IsWhiteSpace) || name.Contains(',', StringComparison.Ordinal))
        {
            throw new ConnectionStringException($"A host is empty or holds a blank. {EncodeHint}");
        }

        return (name, port.Length <= 1 ? null : ReadPort(port[1..]));
    }

    /// <summary>The text is never printed: where the password holds a raw /, this is its beginning.</summary>
    private static int ReadPort(ReadOnlySpan<char> text)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535
            ? port
            : throw new ConnectionStringException($"A port is not a number from 1 to 65535. {EncodeHint}");
}
