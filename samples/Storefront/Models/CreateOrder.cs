namespace Storefront.Models;

#region input
/// <summary>What an order is created from.</summary>
public sealed record CreateOrder(Guid UserId, long ProductId, int Quantity, decimal Total);

/// <summary>Goods that are held back for an order.</summary>
public sealed record StockHold(long ProductId, int Quantity);
#endregion
