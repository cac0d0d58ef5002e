using DualDb;

namespace Storefront.Models;

/// <summary>A user and the newest three orders: PostgreSQL cuts each user's list, so that no more rows travel than are shown.</summary>
[UnifiedView(Set = "RecentOrders")]
public sealed partial record RecentOrders(
    Profile User,
    [Take(3), OrderBy(nameof(Order.CreatedAt), Descending = true)] IReadOnlyList<Order> Orders);
