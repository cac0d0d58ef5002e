#if NEON
namespace DualDb.Shapes.Neon;
#else
namespace DualDb.Shapes.Supabase;
#endif

/// <summary>A join table: nothing but two references, which together are the key.</summary>
[Stored(Set = Names.Prefix + "ItemLinks")]
public sealed partial record ItemLink
{
    [Key(Order = 1), References<Owner>] public required Guid OwnerId { get; init; }

    [Key(Order = 2), References<Shelf>] public required long ShelfId { get; init; }
}

public sealed class ItemLinkShape : Shape<ItemLink, (Guid OwnerId, long ShelfId), Transaction>
{
    public override Type RepositoryType => typeof(IItemLinkRepository);

    public override string Before => Parents.Insert;

    public override ItemLink Make(int number) => new() { OwnerId = Samples.Id(number / Parents.ShelfCount), ShelfId = Parents.Shelf(number) };

    public override ItemLink Change(ItemLink row, int number) => row;

    public override (Guid OwnerId, long ShelfId) KeyOf(ItemLink row) => (row.OwnerId, row.ShelfId);

    public override IReadOnlyList<Listing<ItemLink, Transaction>> Listings(object repository)
    {
        var rows = (IItemLinkRepository)repository;
        return
        [
            Listing.By<ItemLink, Guid, Transaction>(
                "OwnerId", static row => row.OwnerId,
                rows.ListByOwnerIdAsync, rows.ListByOwnerIdAsync, rows.ListByOwnerIdsAsync, rows.ListByOwnerIdsAsync),
            Listing.By<ItemLink, long, Transaction>(
                "ShelfId", static row => row.ShelfId,
                rows.ListByShelfIdAsync, rows.ListByShelfIdAsync, rows.ListByShelfIdsAsync, rows.ListByShelfIdsAsync),
        ];
    }
}
