using System.Globalization;
using Npgsql;

namespace DualDb.Testing.Proxying;

/// <summary>Puts another host and port into a connection string, in either of the two forms, or into an address of the web.</summary>
internal static class EndpointRewriting
{
    private static readonly string[] Schemes = ["postgres://", "postgresql://", "redis://", "rediss://", "http://", "https://"];

    public static string Rewrite(string connectionString, string host, int port)
    {
        var scheme = Array.Find(Schemes, scheme => connectionString.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));
        return scheme is null
            ? new NpgsqlConnectionStringBuilder(connectionString) { Host = host, Port = port }.ConnectionString
            : RewriteUri(connectionString, scheme.Length, host, port);
    }

    // On the text, so that percent-encoding in the parts that stay is not touched.
    private static string RewriteUri(string uri, int start, string host, int port)
    {
        var length = uri.AsSpan(start).IndexOfAny('/', '?', '#');
        var end = length < 0 ? uri.Length : start + length;
        var userInfo = uri.AsSpan(start, end - start).LastIndexOf('@') + 1;
        return string.Create(CultureInfo.InvariantCulture, $"{uri.AsSpan(0, start + userInfo)}{host}:{port}{uri.AsSpan(end)}");
    }
}
