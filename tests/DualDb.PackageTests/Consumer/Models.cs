using DualDb;

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

    public required decimal Total { get; init; }

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

    public required string DisplayName { get; init; }

    public string? City { get; init; }
}

[DualDatabase]
public partial class ShopDb;
