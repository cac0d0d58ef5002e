using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Repositories.BadInput;

/// <summary>A place of one test class's own, so that what it breaks breaks no other.</summary>
public sealed class BadInputPlace(ShapeServers servers) : IAsyncLifetime
{
    private Place? _place;

    public Place Place => _place!;

    public async ValueTask InitializeAsync()
        => _place = await servers.CreateAsync($"bad_input_{Guid.NewGuid():N}", static (neon, supabase) => (neon, supabase));

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }
    }
}
