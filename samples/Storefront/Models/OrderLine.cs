using DualDb;

namespace Storefront.Models;

/// <summary>One position of an order: a positional record with a composite key and two references in the same database.</summary>
[Neon(Schema = "storefront")]
public sealed partial record OrderLine(
    [Key(Order = 0), References<Order>] long OrderId,
    [Key(Order = 1)] short Position,
    [References<Product>] long ProductId,
    int Quantity,
    [Column(Type = "numeric(12,2)")] decimal UnitPrice)
{
    /// <summary>What the position costs.</summary>
    public decimal Amount => Quantity * UnitPrice;
}
