using System.Net;

namespace DualDb.Rest;

/// <summary>How connections to a REST server are made, whoever owns the handler.</summary>
internal static class RestHandler
{
    /// <summary>Sets a handler up.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="connections">The most connections.</param>
    /// <param name="connectTimeout">How long one may take to be made.</param>
    public static void Configure(SocketsHttpHandler handler, int connections, TimeSpan connectTimeout)
    {
        handler.MaxConnectionsPerServer = connections;
        handler.ConnectTimeout = connectTimeout;
        handler.EnableMultipleHttp2Connections = true;
        handler.AutomaticDecompression = DecompressionMethods.All;
        handler.UseCookies = false;

        // A redirection would take the key to another host.
        handler.AllowAutoRedirect = false;
    }
}
