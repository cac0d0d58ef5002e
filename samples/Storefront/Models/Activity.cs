using System.Net;
using DualDb;

namespace Storefront.Models;

/// <summary>Something a user did. It may name an order, which lives in the other database.</summary>
[Supabase(Schema = "storefront")]
public sealed partial class Activity
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Profile>]
    public required Guid UserId { get; init; }

    [StoredAsText]
    public required ActivityKind Kind { get; init; }

    [References<Order>]
    public long? OrderId { get; init; }

    public IPAddress? Address { get; init; }

    [Index]
    public required DateTimeOffset OccurredAt { get; init; }
}

/// <summary>What a user can do.</summary>
public enum ActivityKind
{
    SignedIn,
    ViewedProduct,
    PlacedOrder,
    WroteReview,
    ChangedPreferences,
}
