// Unified views: lists, limits, views within views, references of either side, what may be missing and what may fail.

using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using DualDb;

namespace Market;

[Supabase]
public sealed partial record Profile([Key] Guid Id, string City);

[Supabase]
public sealed partial record Preferences([Key, References<Profile>] Guid ProfileId, string Language);

[Supabase]
public sealed partial record Courier([Key] string Code, string Name);

[Neon]
public sealed partial record Order([Key(Generated = true)] long Id, [References<Profile>] Guid BuyerId, [References<Profile>] Guid SellerId, DateTime PlacedAt)
{
    [References<Courier>]
    public string? CourierCode { get; init; }

    [References<Coupon>]
    public int? CouponId { get; init; }
}

[Neon]
public sealed partial record Coupon([Key] int Id, decimal Discount);

[Neon]
public sealed partial record Invoice([Key] long Number, [References<Order>, Unique] long OrderId);

[Neon]
public sealed partial record OrderLine([Key] long OrderId, [Key(Order = 1)] int Number, [References<Product>] int ProductId)
{
    [References<Order>]
    public long Parent { get; init; }
}

[Neon]
public sealed partial record Product([Key] int Id, string Title);

[UnifiedView]
public sealed partial record History(
    Profile User,
    [Via(nameof(Order.BuyerId)), Take(5), OrderBy(nameof(Order.PlacedAt), Descending = true)] IReadOnlyList<Order> Orders,
    Preferences? Preferences)
{
    public int TotalOrders => Orders.Count;

    public Order? Latest => Orders.Count == 0 ? null : Orders[0];
}

[UnifiedView]
public sealed partial record LineDetails(OrderLine Line, Product Product);

[UnifiedView(Set = "Details")]
public sealed partial record OrderDetails
{
    public required Order Order { get; init; }

    [Via(nameof(Order.BuyerId))]
    public required Profile Buyer { get; init; }

    [Via(nameof(Order.SellerId)), OnMissing(MissingRow.Skip)]
    public required Profile Seller { get; init; }

    [OnFailure(FailedMember.Null)]
    public Courier? Courier { get; init; }

    [OnMissing(MissingRow.Throw)]
    public Coupon? Coupon { get; init; }

    public Invoice? Invoice { get; init; }

    public List<LineDetails> Lines { get; init; } = [];

    public string? Remark { get; set; }
}

[UnifiedView]
public sealed partial record Dashboard(Profile User)
{
    [Via(nameof(Order.SellerId)), OnFailure(FailedMember.Null)]
    public ImmutableArray<OrderDetails> Sales { get; init; }

    [Via(nameof(Order.BuyerId))]
    public Order[] Purchases { get; init; } = [];

    [Via(nameof(Order.CouponId), From = nameof(Purchases))]
    public IReadOnlyList<Coupon> Coupons { get; init; } = [];
}

[UnifiedView]
internal sealed partial record LineView(LineDetails Details, Order? Order);
