namespace DualDb.Testing.Proxying;

/// <summary>Ends a proxied connection on purpose; never leaves the proxy.</summary>
internal sealed class ConnectionCutException : Exception;
