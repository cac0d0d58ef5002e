using System.Collections.Immutable;

namespace DualDb.IntegrationTests.Views.Models;

/// <summary>Both databases, one level.</summary>
[UnifiedView]
public sealed partial record PurchaseHistory(Shopper Buyer, IReadOnlyList<Purchase> Purchases, ShopperSettings? Settings)
{
    public decimal Spent => Purchases.Sum(static purchase => purchase.Total);
}

[UnifiedView]
public sealed partial record LatestPurchases(
    Shopper Buyer,
    [Take(2), OrderBy(nameof(Purchase.PlacedAt), Descending = true)] Purchase[] Purchases);

[UnifiedView]
public sealed partial record DearestFirst(Shopper Buyer, [OrderBy(nameof(Purchase.Total), Descending = true)] IReadOnlyList<Purchase> Purchases);

/// <summary>A line, the ware and what shoppers say of it: Neon, Neon, Supabase.</summary>
[UnifiedView]
public sealed partial record LineDetails(PurchaseLine Line, Ware Ware, IReadOnlyList<Review> Reviews);

/// <summary>Every kind of link.</summary>
[UnifiedView(Set = "PurchaseDetails")]
public sealed partial record PurchaseDetails
{
    public required Purchase Purchase { get; init; }

    public required Shopper Buyer { get; init; }

    public Courier? Courier { get; init; }

    public Voucher? Voucher { get; init; }

    public Receipt? Receipt { get; init; }

    public List<LineDetails> Lines { get; init; } = [];
}

/// <summary>Views within views, and members that depend on lists.</summary>
[UnifiedView]
public sealed partial record Overview(Shopper Buyer, ImmutableArray<PurchaseDetails> Purchases, [Via(nameof(Purchase.CourierCode))] IReadOnlyList<Courier> Couriers);

[UnifiedView]
public sealed partial record Delivered(Purchase Purchase, [OnMissing(MissingRow.Skip)] Courier Courier);

[UnifiedView]
public sealed partial record Dispatched(Purchase Purchase, [OnMissing(MissingRow.Throw)] Courier? Courier);

/// <summary>Does without Neon.</summary>
[UnifiedView]
public sealed partial record Tolerant(
    Shopper Buyer,
    [OnFailure(FailedMember.Null)] IReadOnlyList<Purchase> Purchases,
    [OnFailure(FailedMember.Null)] ShopperSettings? Settings);

/// <summary>Does without Supabase, but for the reviews of a line.</summary>
[UnifiedView]
public sealed partial record TolerantPurchase(
    Purchase Purchase, [OnFailure(FailedMember.Null)] Courier? Courier, [OnFailure(FailedMember.Null)] IReadOnlyList<LineDetails> Lines);

/// <summary>A composite key.</summary>
[UnifiedView]
public sealed partial record LineOfPurchase(PurchaseLine Line, Purchase Purchase, Ware Ware);

/// <summary>A key that is text.</summary>
[UnifiedView]
public sealed partial record CourierRound(Courier Courier, IReadOnlyList<Purchase> Purchases);

/// <summary>Two members of one entity.</summary>
[UnifiedView]
public sealed partial record Letter(Message Message, [Via(nameof(Message.FromId))] Shopper Sender, [Via(nameof(Message.ToId))] Shopper Recipient);

/// <summary>Kept: views within views, members that depend on lists, and each kind of list.</summary>
[UnifiedView(Set = "KeptOverviews"), CachedFor(minutes: 5)]
public sealed partial record KeptOverview(
    Shopper Buyer, ImmutableArray<PurchaseDetails> Purchases, [Via(nameof(Purchase.CourierCode), From = nameof(KeptOverview.Purchases))] IReadOnlyList<Courier> Couriers)
{
    public ShopperSettings? Settings { get; init; }

    public Purchase[] All { get; init; } = [];

    [Take(1)]
    public List<Purchase> First { get; init; } = [];
}

/// <summary>Kept: a view as the root, and a composite key.</summary>
[UnifiedView(Set = "KeptLines"), CachedFor(minutes: 5)]
public sealed partial record KeptLine(LineDetails Details, Purchase Purchase);

/// <summary>Kept where it is whole.</summary>
[UnifiedView(Set = "KeptTolerants"), CachedFor(minutes: 5)]
public sealed partial record KeptTolerant(Shopper Buyer, [OnFailure(FailedMember.Null)] IReadOnlyList<Purchase> Purchases);
