using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Querying;

/// <summary>The same over REST, for both ways to the rows.</summary>
public sealed class RestQueryPlace(ShapeServers servers) : QueryPlace(servers)
{
    private readonly ShapeServers _servers = servers;
    private LocalSupabase? _api;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    private protected override async Task<(Place Direct, Place Pooled)> OpenAsync()
    {
        (var place, _api) = await _servers.CreateRestAsync($"querying_{Guid.NewGuid():N}");
        return (place, place);
    }
}
