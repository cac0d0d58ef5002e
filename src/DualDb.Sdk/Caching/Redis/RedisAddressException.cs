namespace DualDb.Caching;

/// <summary>An address of Redis is malformed; the message does not repeat it.</summary>
internal sealed class RedisAddressException(string message) : ArgumentException(message);
