namespace DualDb.Benchmarks.Shop;

/// <summary>The row that most measurements read: eight columns of the usual types. All competitors fill this same class.</summary>
[Neon("orders", Schema = "bench")]
public sealed partial record Order
{
    [Key(Generated = true)] public long Id { get; init; }
    [References<Profile>] public required Guid UserId { get; init; }
    public required OrderStatus Status { get; init; }
    public required decimal Total { get; init; }
    public required double Weight { get; init; }
    public string? Note { get; init; }

    // DateTime rather than DateTimeOffset, because Dapper cannot read the latter from Npgsql.
    public required DateTime PlacedAt { get; init; }
    public required int Items { get; init; }
}

/// <summary>Stored as its number.</summary>
public enum OrderStatus
{
    /// <summary>Not paid yet.</summary>
    Placed,

    /// <summary>Paid.</summary>
    Paid,

    /// <summary>On its way.</summary>
    Shipped,
}
