using DualDb.Migrations.Tests.Places;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(MigrationServers))]

namespace DualDb.Migrations.Tests.Places;

/// <summary>The servers of these tests. Tests make databases of their own on them.</summary>
public sealed class MigrationServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalServers Servers => _servers!;

    public async ValueTask InitializeAsync()
        => _servers = await LocalServers.StartAsync(static options =>
        {
            options.PostgreSqlSettings["max_connections"] = "300";

            // Migrators crash here, and never a server: hundreds of schemas need not reach the disk.
            options.PostgreSqlSettings["fsync"] = "off";
        });

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
