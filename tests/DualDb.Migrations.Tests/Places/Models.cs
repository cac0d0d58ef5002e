namespace DualDb.Migrations.Tests.Places;

/// <summary>Business data.</summary>
[Neon("orders")]
public sealed partial record Order
{
    [Key]
    public required long Id { get; init; }

    public required long Buyer { get; init; }

    public string? BuyerName { get; init; }
}

/// <summary>User data.</summary>
[Supabase("profiles")]
public sealed partial record Profile
{
    [Key]
    public required long Id { get; init; }

    [Sensitive]
    public required string Name { get; init; }
}

/// <summary>The root of these tests.</summary>
[DualDatabase]
public partial class TestDb;
