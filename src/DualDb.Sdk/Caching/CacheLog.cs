using Microsoft.Extensions.Logging;

namespace DualDb.Caching;

/// <summary>What the cache writes to the log.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "Redis at {Address} cannot be used: {Reason} The cache goes on in this process's memory alone, and changes made by other nodes are seen when entries expire. Redis is tried again until it answers.")]
    public static partial void RedisLost(ILogger logger, string address, string reason);

    [LoggerMessage(2, LogLevel.Information, "Redis at {Address} is used again.")]
    public static partial void RedisFound(ILogger logger, string address);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "A payload of {Entity} in Redis cannot be read and is loaded anew: {Reason}. Key: {Key}. Only the first is told; the meter counts them. Another application may write under the same KeyPrefix.")]
    public static partial void Undecodable(ILogger logger, string entity, string key, string reason);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "The changes in {Database} cannot be read: {Reason} Rows changed outside of the SDK are seen when entries expire. It is tried again. CreateTablesAsync installs what is missing.")]
    public static partial void ChangesLost(ILogger logger, Database database, string reason);
}
