using DualDb;

namespace Storefront.Models;

#region readme
/// <summary>What a customer has bought: the profile is a Supabase row, its orders are Neon rows.</summary>
[UnifiedView]
public sealed partial record UserOrderHistory(Profile User, IReadOnlyList<Order> Orders)
{
    public decimal Spent => Orders.Sum(order => order.Total);
}
#endregion
