namespace DualDb.Benchmarks.Shop;

/// <summary>The root over both databases.</summary>
[DualDatabase]
public partial class ShopDb;
