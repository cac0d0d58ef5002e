using DualDb.Consistency.Sync;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Sync.Decoding;

/// <summary>Servers that write a log that can be decoded.</summary>
public sealed class DecodingServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalServers Servers => _servers!;

    /// <summary>Starts servers of a test's own.</summary>
    public static Task<LocalServers> StartAsync() => LocalServers.StartAsync(static options =>
    {
        options.PostgreSqlSettings["wal_level"] = "logical";
        options.PostgreSqlSettings["max_connections"] = "300";
        options.PostgreSqlSettings["max_replication_slots"] = "100";
        options.PostgreSqlSettings["max_wal_senders"] = "100";
    });

    public static void Decode(SyncOptions options) => options.Neon.Source = options.Supabase.Source = SyncSource.LogicalDecoding;

    /// <summary>Neon alone, and what else a test sets.</summary>
    public static Action<SyncOptions> DecodeNeon(Action<SyncOptions>? configure = null) => options =>
    {
        options.Neon.Source = SyncSource.LogicalDecoding;
        configure?.Invoke(options);
    };

    public async ValueTask InitializeAsync() => _servers = await StartAsync();

    public ValueTask DisposeAsync() => _servers?.DisposeAsync() ?? ValueTask.CompletedTask;
}

[CollectionDefinition(Name)]
public sealed class DecodingCollection : ICollectionFixture<DecodingServers>
{
    public const string Name = "decoding";
}
