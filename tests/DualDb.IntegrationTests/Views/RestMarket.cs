using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Views;

/// <summary>The same market with its Supabase over REST.</summary>
public sealed class RestMarket(ShapeServers servers) : Market(servers)
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

    private protected override async Task<Place> OpenAsync(string name)
    {
        (var place, _api) = await _servers.CreateRestAsync(name);
        return place;
    }
}
