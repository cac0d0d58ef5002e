using System.Net;

namespace DualDb.Mapping.Wire;

/// <summary><c>inet</c>, whose text may name the size of the network that the address is in.</summary>
internal static class NetworkText
{
    public static IPAddress ReadAddress(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return IPAddress.Parse(slash < 0 ? text : text[..slash]);
    }
}
