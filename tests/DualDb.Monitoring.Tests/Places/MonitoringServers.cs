using DualDb.Monitoring.Tests.Places;
using DualDb.Testing;

[assembly: AssemblyFixture(typeof(MonitoringServers))]

namespace DualDb.Monitoring.Tests.Places;

/// <summary>The servers of these tests. Tests make databases of their own on them.</summary>
public sealed class MonitoringServers : IAsyncLifetime
{
    private LocalServers? _servers;

    public LocalServers Servers => _servers!;

    public async ValueTask InitializeAsync() => _servers = await LocalServers.StartAsync(static options =>
    {
        options.PostgreSqlSettings["max_connections"] = "300";

        // So that the servers themselves know when a row was committed.
        options.PostgreSqlSettings["track_commit_timestamp"] = "on";
        options.Redis = true;
    });

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}
