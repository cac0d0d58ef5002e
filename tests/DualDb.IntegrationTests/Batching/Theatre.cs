using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Batching;

/// <summary>Tickets 1 to 200 in Neon, ten per holder; their holders in Supabase.</summary>
public sealed class Theatre(ShapeServers servers) : IAsyncLifetime
{
    public const int Tickets = 200;

    private Place? _place;

    public Place Place => _place!;

    public ShapesDb Db => Place.Db;

    public (string Neon, string Supabase) Addresses { get; private set; }

    public static Guid HolderId(int number) => new(number, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]);

    public async ValueTask InitializeAsync()
    {
        _place = await servers.CreateAsync($"theatre_{Guid.NewGuid():n}", (neon, supabase) => Addresses = (neon, supabase));
        await Db.Tickets.InsertManyAsync([.. Enumerable.Range(1, Tickets).Select(static number => new Ticket(number, HolderId(number / 10)))]);
        await Db.Holders.InsertManyAsync([.. Enumerable.Range(0, (Tickets / 10) + 1).Select(static number => new Holder(HolderId(number), $"Holder {number}", Math.Max(1, number * 10)))]);
        await Db.Seats.InsertManyAsync([new Seat("A1", 1), new Seat("A2", 1), new Seat("B1", 2)]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }
    }
}
