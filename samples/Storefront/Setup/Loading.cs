using Storefront.Data;
using Storefront.Models;
using Storefront.Output;
using IAnsiConsole = Spectre.Console.IAnsiConsole;

namespace Storefront.Setup;

/// <summary>Fills the shop.</summary>
internal sealed class Loading(ShopDb db, LoadingDisplay display, CancellationToken cancellationToken)
{
    /// <summary>Few enough for <c>unnest</c>.</summary>
    private const int SmallBatch = 1_250;

    /// <summary>Enough for COPY.</summary>
    private const int LargeBatch = 10_000;

    public static Task RunAsync(IAnsiConsole console, ShopDb db, CancellationToken cancellationToken)
        => LoadingDisplay.RunAsync(console, display => new Loading(db, display, cancellationToken).RunAsync());

    /// <summary>Both databases at the same time; what users did comes last, since it names orders.</summary>
    private async Task RunAsync()
    {
        var profiles = Customers.Profiles();
        var categories = Catalogue.Categories();
        var users = LoadUsersAsync(profiles, categories);
        var orders = LoadShopAsync(profiles, categories);
        await Task.WhenAll(users, orders);
        await LoadAsync("Supabase activities", Sales.Activities(await orders), LargeBatch, db.Activities.InsertManyAsync);
    }

    private async Task LoadUsersAsync(IReadOnlyList<Profile> profiles, IReadOnlyList<Category> categories)
    {
        await LoadAsync("Supabase profiles", profiles, SmallBatch, db.Profiles.InsertManyAsync);
        await LoadAsync("Supabase preferences", Customers.Preferences(profiles, categories), SmallBatch, db.Preferences.InsertManyAsync);
    }

    private async Task<IReadOnlyList<Order>> LoadShopAsync(IReadOnlyList<Profile> profiles, IReadOnlyList<Category> categories)
    {
        await LoadAsync("Neon categories", categories, SmallBatch, db.Categories.InsertManyAsync);
        var products = await LoadAsync("Neon products", Catalogue.Products(), SmallBatch, db.Products.InsertManyAsync);
        await LoadAsync("Neon stock levels", Catalogue.Stock(products), SmallBatch, db.StockLevels.InsertManyAsync);

        var baskets = Sales.Baskets(profiles, products);
        var orders = await LoadAsync("Neon orders", [.. baskets.Select(basket => basket.Order)], LargeBatch, db.Orders.InsertManyAsync);

        // Stored rows come back in the order handed over, so each basket finds the key of its order.
        IReadOnlyList<OrderLine> lines = [.. baskets.Zip(orders, Lines).SelectMany(positions => positions)];
        await LoadAsync("Neon order lines", lines, LargeBatch, db.OrderLines.InsertManyAsync);
        return orders;
    }

    private static IEnumerable<OrderLine> Lines(Basket basket, Order order)
        => basket.Positions.Select(position => position with { OrderId = order.Id });

    private async Task<IReadOnlyList<T>> LoadAsync<T>(
        string table, IReadOnlyList<T> rows, int batch, Func<IReadOnlyCollection<T>, CancellationToken, Task<IReadOnlyList<T>>> insert)
    {
        var progress = display.Begin(table, rows.Count);
        var stored = new List<T>(rows.Count);
        foreach (var part in rows.Chunk(batch))
        {
            stored.AddRange(await insert(part, cancellationToken));
            progress.Report(part.Length);
        }

        return stored;
    }
}
