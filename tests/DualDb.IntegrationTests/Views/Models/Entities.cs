namespace DualDb.IntegrationTests.Views.Models;

[Supabase]
public sealed partial record Shopper([Key] Guid Id, string Name, string City);

[Supabase]
public sealed partial record ShopperSettings([Key, References<Shopper>] Guid ShopperId, string Language);

[Supabase]
public sealed partial record Courier([Key] string Code, string Name);

[Neon]
public sealed partial record Purchase([Key] long Id, [References<Shopper>, Index] Guid BuyerId, DateTime PlacedAt, decimal Total)
{
    [References<Courier>]
    public string? CourierCode { get; init; }

    [References<Voucher>]
    public int? VoucherId { get; init; }
}

[Neon]
public sealed partial record Voucher([Key] int Id, decimal Discount);

[Neon]
public sealed partial record Receipt([Key] long Number, [References<Purchase>, Unique] long PurchaseId);

[Neon]
public sealed partial record PurchaseLine([Key, References<Purchase>] long PurchaseId, [Key(Order = 1)] int Number, [References<Ware>] int WareId, int Count);

[Neon]
public sealed partial record Ware([Key] int Id, string Title);

[Supabase]
public sealed partial record Review([Key] long Id, [References<Ware>] int WareId, [References<Shopper>] Guid AuthorId, int Stars)
{
    [SoftDelete]
    public DateTimeOffset? RemovedAt { get; init; }
}

[Neon]
public sealed partial record Message([Key] long Id, [References<Shopper>] Guid FromId, [References<Shopper>] Guid ToId);
