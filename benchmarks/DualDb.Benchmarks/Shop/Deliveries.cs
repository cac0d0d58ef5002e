namespace DualDb.Benchmarks.Shop;

/// <summary>Where a delivery stands; the root of a view of three levels.</summary>
[Neon("deliveries", Schema = "bench")]
public sealed partial record Delivery([Key] long Id, [References<Customer>] long CustomerId, [References<Route>] long RouteId);

/// <summary>Names the delivery, so that it can be read at the same time.</summary>
[Supabase("signatures", Schema = "bench")]
public sealed partial record Signature([Key, References<Delivery>] long DeliveryId, string SignedBy);

/// <summary>Named by the delivery.</summary>
[Supabase("customers", Schema = "bench")]
public sealed partial record Customer([Key] long Id, [References<Region>] long RegionId, string Name);

/// <summary>Named by the delivery.</summary>
[Neon("routes", Schema = "bench")]
public sealed partial record Route([Key] long Id, [References<Driver>] long DriverId, string Title);

/// <summary>Named by the customer.</summary>
[Neon("regions", Schema = "bench")]
public sealed partial record Region([Key] long Id, string Name);

/// <summary>Named by the route.</summary>
[Supabase("drivers", Schema = "bench")]
public sealed partial record Driver([Key] long Id, string Name);

/// <summary>Three levels, each in both databases: delivery and signature, customer and route, region and driver.</summary>
[UnifiedView(Set = "DeliveryDetails")]
public sealed partial record DeliveryDetails(Delivery Delivery, Signature Signature, Customer Customer, Route Route, Region Region, Driver Driver);
