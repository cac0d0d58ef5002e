// The example of the README: one entity in each database, a reference across, and a declared root.

using System;
using DualDb;

namespace Shop;

public enum OrderStatus
{
    Pending,
    Paid,
}

[Neon("orders")]
public sealed partial record Order
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Profile>]
    public required Guid UserId { get; init; }

    public required OrderStatus Status { get; init; }

    [Column(Type = "numeric(12,2)")]
    public required decimal Total { get; init; }

    public string? Note { get; init; }

    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }

    [Version]
    public int Version { get; init; }
}

[Supabase("profiles")]
public sealed partial record Profile
{
    [Key]
    public required Guid Id { get; init; }

    [Unique]
    public required string DisplayName { get; init; }

    public string? City { get; init; }
}

[DualDatabase]
public partial class ShopDb;
