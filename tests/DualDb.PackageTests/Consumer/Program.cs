using DualDb;

await using var db = ShopDb.Create();
await db.CreateTablesAsync();

var profile = await db.Profiles.InsertAsync(new Profile { Id = Guid.NewGuid(), DisplayName = "Ada", City = "Bangkok" });
var order = await db.Orders.InsertAsync(new Order { UserId = profile.Id, Status = OrderStatus.Paid, Total = 19.90m });
var found = await db.Orders.GetAsync(order.Id);
var byUser = await db.Orders.ListByUserIdAsync(profile.Id);

Console.WriteLine($"order {found.Id > 0} {found.Status} {found.Total.ToString(System.Globalization.CultureInfo.InvariantCulture)} version {found.Version}, {byUser.Count} of {profile.DisplayName}");
