using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(DashboardServers))]

namespace DualDb.AspNetCore.Tests.Dashboard.Places;

/// <summary>The servers of these tests. Tests make databases of their own on them.</summary>
public sealed class DashboardServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalServers Servers => _servers!;

    public async ValueTask InitializeAsync() => _servers = await LocalServers.StartAsync(static options => options.PostgreSqlSettings["max_connections"] = "300", TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
