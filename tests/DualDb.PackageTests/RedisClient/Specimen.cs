using StackExchange.Redis;

namespace DualDb.PackageTests.RedisClient;

/// <summary>Calls that are only read, never run: three that every later version takes, and one of each kind that none does.</summary>
internal sealed class Specimen : IReconnectRetryPolicy
{
    public static async Task<long> TakenAsync(ConnectionMultiplexer connection)
    {
        var result = await connection.GetDatabase().ScriptEvaluateAsync("return 1", flags: CommandFlags.NoScriptCache);
        return (long)result;
    }

    /// <summary>Declared by the interface itself in the floor, by the one beneath it since.</summary>
    public static void Moved(IConnectionMultiplexer connection) => connection.Dispose();

    /// <summary>Of another type since.</summary>
    public static object Retyped(IDatabase database) => database.Multiplexer;

    public bool ShouldRetry(long currentRetryCount, int timeElapsedMillisecondsSinceLastRetry) => false;
}
