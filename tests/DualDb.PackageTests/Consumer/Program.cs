using DualDb;
using DualDb.Consistency.Events;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

await using var services = new ServiceCollection().AddShopDb().AddShopDbEvents().BuildServiceProvider();
var db = services.GetRequiredService<ShopDb>();
await db.CreateTablesAsync();
await db.Events.InstallAsync();

var profile = await db.Profiles.InsertAsync(new Profile { Id = Guid.NewGuid(), DisplayName = "Ada", City = "Bangkok" });
var order = await db.Orders.InsertAsync(new Order { UserId = profile.Id, Status = OrderStatus.Paid, Total = 19.90m });
var found = await db.Orders.GetAsync(order.Id);
var byUser = await db.Orders.ListByUserIdAsync(profile.Id);

Console.WriteLine($"order {found.Id > 0} {found.Status} {found.Total.ToString(System.Globalization.CultureInfo.InvariantCulture)} version {found.Version}, {byUser.Count} of {profile.DisplayName}");

var dispatcher = services.GetRequiredService<IHostedService>();
await dispatcher.StartAsync(CancellationToken.None);
await using (var transaction = await db.BeginNeonAsync())
{
    transaction.Publish(new OrderPlaced(order.Id, order.Status, [order.Total]), key: profile.Id);
    await transaction.CommitAsync();
}

var delivered = await db.Events.Delivered.WaitForAsync<OrderPlaced>(e => e.OrderId == order.Id);
var activity = await db.Activities.GetAsync(delivered.Delivery.Published.Id);
Console.WriteLine($"event {activity.Status} of {delivered.Event.Prices.Count} price, {delivered.Delivery.Failures.Count} failures");
await dispatcher.StopAsync(CancellationToken.None);
