using DualDb.Consistency.Tests.Places;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(ConsistencyServers))]

namespace DualDb.Consistency.Tests.Places;

/// <summary>The servers of these tests, with a PgBouncer in transaction mode before each. Tests make databases of their own on them.</summary>
public sealed class ConsistencyServers : IAsyncLifetime
{
    private LocalServers? _servers;
    private LocalPgBouncer? _beforeNeon;
    private LocalPgBouncer? _beforeSupabase;

    public LocalServers Servers => _servers!;

    public LocalPgBouncer NeonPooler => _beforeNeon!;

    public LocalPgBouncer SupabasePooler => _beforeSupabase!;

    public async ValueTask InitializeAsync()
    {
        // Tests run side by side, each with roots of its own: the usual hundred connections are not enough for all.
        _servers = await LocalServers.StartAsync(static options => options.PostgreSqlSettings["max_connections"] = "500");
        _beforeNeon = await LocalPgBouncer.StartAsync(_servers.Neon);
        _beforeSupabase = await LocalPgBouncer.StartAsync(_servers.Supabase);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _beforeSupabase, _beforeNeon, _servers })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
