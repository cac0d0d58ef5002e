using DualDb.Testing;

namespace Storefront.Setup;

/// <summary>
/// The two databases of this run: those that the environment names, or a pair of local servers that live as long as this object. Beside the local ones a Redis, where its
/// program is installed.
/// </summary>
internal sealed class Databases : IAsyncDisposable
{
    private const string NeonVariable = "NEON_DATABASE_URL";
    private const string SupabaseVariable = "SUPABASE_DB_URL";
    private const string RedisVariable = "REDIS_URL";

    private readonly LocalServers? _servers;

    private Databases(LocalServers? servers, string description)
    {
        _servers = servers;
        Description = description;
    }

    /// <summary>What is being used, for the first lines of the tour.</summary>
    public string Description { get; }

    /// <summary>Whether there is a Redis to share a cache through.</summary>
    public static bool HasRedis => Variable(RedisVariable) is not null;

    public string NeonUrl => Variable(NeonVariable)!;

    public string SupabaseUrl => Variable(SupabaseVariable)!;

    public static async Task<Databases> OpenAsync(CancellationToken cancellationToken)
    {
        if (Variable(NeonVariable) is not null && Variable(SupabaseVariable) is not null)
        {
            return new Databases(servers: null, $"the databases that {NeonVariable} and {SupabaseVariable} name");
        }

        var servers = await LocalServers.StartAsync(static options => options.Redis = Variable(RedisVariable) is null && LocalRedis.IsAvailable, cancellationToken);

        // From here on nothing knows the difference: ShopDb.Create() reads these, as it would on a host that sets them.
        Environment.SetEnvironmentVariable(NeonVariable, servers.Neon.Uri);
        Environment.SetEnvironmentVariable(SupabaseVariable, servers.Supabase.Uri);
        if (servers.Redis is { } redis)
        {
            Environment.SetEnvironmentVariable(RedisVariable, redis.ConnectionString);
        }

        return new Databases(
            servers,
            $"two local PostgreSQL {servers.Neon.ServerVersion} servers, on ports {servers.Neon.Port} and {servers.Supabase.Port} (set both {NeonVariable} and {SupabaseVariable} to use your own)");
    }

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
