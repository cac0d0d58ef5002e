using DualDb;

namespace Storefront.Models;

#region readme
/// <summary>A read model over both databases: the user from Supabase, the orders from Neon.</summary>
[UnifiedView]
public sealed partial record UserOrderHistory(Profile User, IReadOnlyList<Order> Orders)
{
    public decimal Spent => Orders.Sum(order => order.Total);
}
#endregion
