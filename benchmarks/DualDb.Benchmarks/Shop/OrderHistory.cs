namespace DualDb.Benchmarks.Shop;

/// <summary>A user and their orders: both databases, one level.</summary>
/// <param name="User">The root, in Supabase.</param>
/// <param name="Orders">In Neon.</param>
[UnifiedView(Set = "OrderHistories")]
public sealed partial record OrderHistory(Profile User, IReadOnlyList<Order> Orders);
