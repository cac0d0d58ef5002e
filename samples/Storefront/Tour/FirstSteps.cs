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

        var page = await db.Orders                                          // typed conditions: what SQL cannot say does not compile
            .Where(o => o.UserId == ada.Id && o.Status == OrderStatus.Paid && o.Total > 10m)
            .OrderByDescending(o => o.CreatedAt)
            .ToPageAsync(20);                                               // page.Next is the cursor of the next page

        var history = await db.UserOrderHistories.GetAsync(ada.Id);         // both databases, asked at the same time
        Console.WriteLine($"{history.User.DisplayName} from {history.User.City} spent {history.Spent} in {history.Orders.Count} orders, {page.Items.Count} of them paid.");
        #endregion
    }
}
