using DualDb.IntegrationTests;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(RealServers))]

namespace DualDb.IntegrationTests;

/// <summary>
/// One pair of servers and a PgBouncer in transaction mode before each, for every test that does not stop or break them.
/// </summary>
public sealed class RealServers : IAsyncLifetime
{
    private LocalServers? _servers;
    private LocalPgBouncer? _neonPooler;
    private LocalPgBouncer? _supabasePooler;

    public LocalPostgres Neon => _servers!.Neon;

    public LocalPostgres Supabase => _servers!.Supabase;

    /// <summary>The pooler before the server in Neon's place.</summary>
    public LocalPgBouncer NeonPooler => _neonPooler!;

    /// <summary>The pooler before the server in Supabase's place.</summary>
    public LocalPgBouncer SupabasePooler => _supabasePooler!;

    public async ValueTask InitializeAsync()
    {
        _servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);
        _neonPooler = await LocalPgBouncer.StartAsync(Neon, TestContext.Current.CancellationToken);
        _supabasePooler = await LocalPgBouncer.StartAsync(Supabase, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var started in (IAsyncDisposable?[])[_supabasePooler, _neonPooler, _servers])
        {
            if (started is not null)
            {
                await started.DisposeAsync();
            }
        }
    }
}
