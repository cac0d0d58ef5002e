using DualDb;

namespace Storefront.Models;

/// <summary>How much of a product lies in a warehouse: a mutable class with a composite key.</summary>
[Neon(Schema = "storefront")]
public sealed partial class StockLevel
{
    [Key(Order = 0)]
    [References<Product>]
    public long ProductId { get; set; }

    [Key(Order = 1)]
    public Warehouse Warehouse { get; set; }

    public int OnHand { get; set; }

    public int Reserved { get; set; }

    [UpdatedAt]
    public DateTimeOffset UpdatedAt { get; set; }

    [Version]
    public long Version { get; set; }
}

/// <summary>Where the shop keeps its goods. The attribute on the enum holds for every column of this type.</summary>
[StoredAsText]
public enum Warehouse
{
    Hamburg,
    Lyon,
    Gdansk,
}
