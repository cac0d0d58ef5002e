#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>Refers to the other database, to its own, to its own maybe, and to a key of text.</summary>
[Stored(Set = Names.Prefix + "Items")]
public sealed partial record Item
{
    [Key(Generated = true)] public long Id { get; init; }

    [References<Owner>] public required Guid OwnerId { get; init; }

    [References<Owner>] public Guid? BuyerId { get; init; }

    [References<Shelf>] public required long ShelfId { get; init; }

    [References<Shelf>] public long? SpareShelfId { get; init; }

    [References<Colour>] public string? ColourCode { get; init; }

    public required string Name { get; init; }
}

public sealed class ItemShape : Shape<Item, long, Transaction>
{
    public override Type RepositoryType => typeof(IItemRepository);

    public override string Before => Parents.Insert;

    public override Item Make(int number) => new()
    {
        OwnerId = Samples.Id(number % 3),
        BuyerId = Samples.OrNull(number, Samples.Id(number % 2)),
        ShelfId = Parents.Shelf(number),
        SpareShelfId = Samples.OrNull(number + 1, Parents.Shelf(number + 1)),
        ColourCode = Samples.OrNothing(number, Parents.Colour(number)),
        Name = Samples.Text(number),
    };

    public override Item MakeWithKey(int number) => Make(number) with { Id = 1_000_000 + number };

    public override Item Change(Item row, int number) => Make(number) with { Id = row.Id };

    public override long KeyOf(Item row) => row.Id;

    public override IReadOnlyList<Listing<Item, Transaction>> Listings(object repository)
    {
        var rows = (IItemRepository)repository;
        return
        [
            Listing.By<Item, Guid, Transaction>(
                "OwnerId", static row => row.OwnerId,
                rows.ListByOwnerIdAsync, rows.ListByOwnerIdAsync, rows.ListByOwnerIdsAsync, rows.ListByOwnerIdsAsync),
            Listing.By<Item, Guid, Transaction>(
                "BuyerId", static row => row.BuyerId,
                rows.ListByBuyerIdAsync, rows.ListByBuyerIdAsync, rows.ListByBuyerIdsAsync, rows.ListByBuyerIdsAsync),
            Listing.By<Item, long, Transaction>(
                "ShelfId", static row => row.ShelfId,
                rows.ListByShelfIdAsync, rows.ListByShelfIdAsync, rows.ListByShelfIdsAsync, rows.ListByShelfIdsAsync),
            Listing.By<Item, long, Transaction>(
                "SpareShelfId", static row => row.SpareShelfId,
                rows.ListBySpareShelfIdAsync, rows.ListBySpareShelfIdAsync, rows.ListBySpareShelfIdsAsync, rows.ListBySpareShelfIdsAsync),
            Listing.By<Item, string, Transaction>(
                "ColourCode", static row => row.ColourCode,
                rows.ListByColourCodeAsync, rows.ListByColourCodeAsync, rows.ListByColourCodesAsync, rows.ListByColourCodesAsync),
        ];
    }
}
