using DualDb;

namespace Storefront.Models;

#region readme
/// <summary>What a list of orders shows: only these columns are read.</summary>
[Projection<Order>]
public sealed partial record OrderSummary(long Id, OrderStatus Status, decimal Total);
#endregion
