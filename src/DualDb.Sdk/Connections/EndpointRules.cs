using Npgsql;

namespace DualDb.Connections;

/// <summary>What the address alone says about the endpoint.</summary>
internal enum EndpointVerdict
{
    /// <summary>Nothing: the endpoint must be asked.</summary>
    Unknown,

    /// <summary>Each connection has a server process of its own.</summary>
    Direct,

    /// <summary>A pooler stands in between.</summary>
    Pooler,
}

/// <summary>The vendors' rules for the names of their endpoints.</summary>
internal static class EndpointRules
{
    private const int TransactionPort = 6543;

    /// <summary>Judges an address.</summary>
    /// <param name="settings">The address.</param>
    /// <param name="declaresPooler">Whether the user said that a pooler stands in between.</param>
    public static EndpointVerdict Judge(NpgsqlConnectionStringBuilder settings, bool declaresPooler)
    {
        if (declaresPooler)
        {
            return EndpointVerdict.Pooler;
        }

        var endpoints = Endpoints(settings);
        if (endpoints.Any(IsPooler))
        {
            return EndpointVerdict.Pooler;
        }

        // Neon's proxy hands out cancellation keys of its own (neondatabase/neon, proxy/src), so a process id never matches there, though
        // each connection has its own process: only the name tells.
        return endpoints.All(endpoint => IsNeon(endpoint.Host)) ? EndpointVerdict.Direct : EndpointVerdict.Unknown;
    }

    /// <summary>The hosts and ports of an address, in order.</summary>
    public static IReadOnlyList<(string Host, int Port)> Endpoints(NpgsqlConnectionStringBuilder settings)
        => [.. (settings.Host ?? "").Split(',', StringSplitOptions.TrimEntries).Select(host => Split(host, settings.Port))];

    private static (string Host, int Port) Split(string host, int defaultPort)
    {
        var bracket = host.LastIndexOf(']');
        var colon = host.LastIndexOf(':');
        var isPort = colon > bracket && (bracket >= 0 || host.IndexOf(':', StringComparison.Ordinal) == colon);
        return isPort && int.TryParse(host.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture, out var port)
            ? (host[..colon], port)
            : (host, defaultPort);
    }

    private static bool IsPooler((string Host, int Port) endpoint)
        => endpoint.Port == TransactionPort
            || endpoint.Host.EndsWith(".pooler.supabase.com", StringComparison.OrdinalIgnoreCase)
            || (IsNeon(endpoint.Host) && FirstLabel(endpoint.Host).EndsWith("-pooler", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the host is Neon's.</summary>
    public static bool IsNeon(string host) => host.EndsWith(".neon.tech", StringComparison.OrdinalIgnoreCase);

    private static ReadOnlySpan<char> FirstLabel(string host)
    {
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? host : host.AsSpan(0, dot);
    }
}
