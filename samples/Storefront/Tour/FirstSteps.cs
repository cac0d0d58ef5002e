using Storefront.Models;

namespace Storefront.Tour;

/// <summary>The example of the README, which is taken from here.</summary>
internal static class FirstSteps
{
    public static async Task RunAsync()
    {
        #region readme
        await using var db = ShopDb.Create();                               // NEON_DATABASE_URL and SUPABASE_DB_URL, or configure it here
        await db.CreateTablesAsync();                                       // in both databases, where they are missing

        var ada = await db.Profiles.FindByEmailAsync("ada@example.com")     // from [Unique]
            ?? await db.Profiles.InsertAsync(new Profile { Id = Guid.NewGuid(), Email = "ada@example.com", DisplayName = "Ada", City = "Porto" });

        var order = await db.Orders.InsertAsync(new Order { UserId = ada.Id, Status = OrderStatus.Placed, Total = 19.90m });
        order = await db.Orders.UpdateAsync(order with { Status = OrderStatus.Paid });      // or ConcurrencyConflictException

        await using (var transaction = await db.BeginNeonAsync())           // a Supabase repository does not accept it: it would not compile
        {
            await db.Orders.InsertAsync(new Order { UserId = ada.Id, Status = OrderStatus.Placed, Total = 5m }, transaction);
            await transaction.CommitAsync();
        }

        var orders = await db.Orders.ListByUserIdAsync(ada.Id);             // from [References<Profile>]
        Console.WriteLine($"{ada.DisplayName} from {ada.City} has {orders.Count} orders; order {order.Id} is {order.Status}, version {order.Version}.");
        #endregion
    }
}
