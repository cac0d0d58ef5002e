using DualDb.Testing;
using DualDb.Tool.Tests.Places;

[assembly: AssemblyFixture(typeof(ToolServers))]

namespace DualDb.Tool.Tests.Places;

/// <summary>The servers of these tests. Tests make databases of their own on them.</summary>
public sealed class ToolServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalServers Servers => _servers!;

    public async ValueTask InitializeAsync()
        => _servers = await LocalServers.StartAsync(static options =>
        {
            options.PostgreSqlSettings["max_connections"] = "300";

            // The tool is killed here, and never a server.
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
