#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Cached: by its key, by what it refers to, by what is unique, alone and together; with a version, and marked instead of deleted.</summary>
[Stored(Set = Names.Prefix + "Kepts"), CachedFor(minutes: 5, Tags = [Samples.CacheTag])]
public sealed partial record Kept
{
    [Key(Generated = true)] public long Id { get; init; }

    [References<Owner>] public required Guid OwnerId { get; init; }

    [References<Shelf>] public long? ShelfId { get; init; }

    [Unique] public required string Slug { get; init; }

    [Unique(Name = "kepts_room_place")] public int Room { get; init; }

    [Unique(Name = "kepts_room_place")] public int? Place { get; init; }

    public string[] Labels { get; init; } = [];

    [Version] public int Version { get; init; }

    [UpdatedAt] public DateTimeOffset UpdatedAt { get; init; }

    [SoftDelete] public bool Gone { get; init; }
}

public sealed class KeptShape : Shape<Kept, long, Transaction>
{
    public override Type RepositoryType => typeof(IKeptRepository);

    public override string Before => Parents.Insert;

    public override Kept Make(int number) => new()
    {
        OwnerId = Samples.Id(number % 3),
        ShelfId = Samples.OrNull(number, Parents.Shelf(number)),
        Slug = Samples.DistinctText(number),
        Room = number / 5,
        Place = Samples.OrNull(number, number % 5),
        Labels = Samples.Array(number, Samples.Text),
    };

    public override Kept MakeWithKey(int number) => Make(number) with { Id = 1_000_000 + number };

    public override Kept Change(Kept row, int number) => Make(number) with { Id = row.Id, Version = row.Version };

    public override long KeyOf(Kept row) => row.Id;

    public override IReadOnlyList<Listing<Kept, Transaction>> Listings(object repository)
    {
        var rows = (IKeptRepository)repository;
        return
        [
            Listing.By<Kept, Guid, Transaction>(
                "OwnerId", static row => row.OwnerId,
                rows.ListByOwnerIdAsync, rows.ListByOwnerIdAsync, rows.ListByOwnerIdsAsync, rows.ListByOwnerIdsAsync),
            Listing.By<Kept, long, Transaction>(
                "ShelfId", static row => row.ShelfId,
                rows.ListByShelfIdAsync, rows.ListByShelfIdAsync, rows.ListByShelfIdsAsync, rows.ListByShelfIdsAsync),
        ];
    }

    public override IReadOnlyList<Finder<Kept, Transaction>> Finders(object repository)
    {
        var rows = (IKeptRepository)repository;
        return
        [
            Finder.By<Kept, string, Transaction>("Slug", static row => row.Slug, rows.FindBySlugAsync, rows.FindBySlugAsync),
            Finder.By<Kept, (int Room, int Place), Transaction>(
                "RoomAndPlace",
                static row => row.Place is { } place ? (row.Room, place) : null,
                (value, token) => rows.FindByRoomAndPlaceAsync(value.Room, value.Place, token),
                (value, transaction, token) => rows.FindByRoomAndPlaceAsync(value.Room, value.Place, transaction, token)),
        ];
    }
}
