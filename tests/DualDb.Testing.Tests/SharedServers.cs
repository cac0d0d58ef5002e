using DualDb.Testing.Tests;

[assembly: AssemblyFixture(typeof(SharedServers))]

namespace DualDb.Testing.Tests;

/// <summary>One pair for every test that does not stop or break its servers.</summary>
public sealed class SharedServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalPostgres Neon => _servers!.Neon;

    public LocalPostgres Supabase => _servers!.Supabase;

    public async ValueTask InitializeAsync() => _servers = await LocalServers.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
