using DualDb;
using DualDb.Consistency.Sagas;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>A saga over both databases: finished, or undone, also where the process is killed in the middle.</summary>
internal static class OrderSaga
{
    private const string Title = "Sagas";
    private const string About =
        "CreateOrderSaga places an order and holds stock in Neon, and records it in Supabase. Each step has its way back; what is begun is finished or undone, whatever crashes.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await using var node = await ShopNode.StartAsync(cancellationToken);
        var db = node.Db;
        var user = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];
        var stock = await db.StockLevels.Where(s => s.Warehouse == Warehouse.Lyon && s.OnHand >= 50).OrderBy(s => s.ProductId).FirstAsync(cancellationToken);
        var input = new CreateOrder(user.Id, stock.ProductId, 2, 24.80m);
        var cart = Guid.NewGuid();

        var order = await chapter.ShowAsync(database: null, () => db.Sagas.CreateOrder.RunAsync(cart, input, cancellationToken), placed => new($"order {placed.Id}, stock held, activity recorded", 1));
        await chapter.ShowAsync(
            database: null, () => db.Sagas.CreateOrder.RunAsync(cart, input, cancellationToken), again => new(again.Id == order.Id ? "the same cart: the same order" : "another order", 1));
        await FailAsync(chapter, db, stock, cancellationToken);
        await KillAsync(chapter, db, user, stock, cancellationToken);
    }

    /// <summary>The third step fails: what the first two did in the other database is undone.</summary>
    private static async Task FailAsync(Chapter chapter, ShopDb db, StockLevel stock, CancellationToken cancellationToken)
    {
        var stranger = new CreateOrder(Guid.NewGuid(), stock.ProductId, 3, 5m);
        var before = await ReservedAsync(db, stock, cancellationToken);
        await chapter.ShowFailureAsync<SagaFailedException>(database: null, () => db.Sagas.CreateOrder.RunAsync(Guid.NewGuid(), stranger, cancellationToken), failure => failure.Describe());
        await chapter.ShowAsync(
            Database.Neon,
            () => LeftAsync(db, stranger, stock, before, cancellationToken),
            left => new($"undone: {left.Orders} orders and {left.Reserved} pieces are left of it", 1),
            "db.Orders.Where(o => o.UserId == stranger).CountAsync()");
    }

    private static async Task<(long Orders, int Reserved)> LeftAsync(ShopDb db, CreateOrder input, StockLevel stock, int before, CancellationToken cancellationToken)
        => (await db.Orders.Where(o => o.UserId == input.UserId).CountAsync(cancellationToken), await ReservedAsync(db, stock, cancellationToken) - before);

    /// <summary>Another process begins a saga and is killed between two steps; this one finishes it when the lease has expired.</summary>
    private static async Task KillAsync(Chapter chapter, ShopDb db, Profile user, StockLevel stock, CancellationToken cancellationToken)
    {
        var (cart, input) = (Guid.NewGuid(), new CreateOrder(user.Id, stock.ProductId, 1, 987.65m));
        await using (var busy = await db.BeginNeonAsync(cancellationToken))
        {
            // Whoever holds the stock holds up the second step.
            await db.StockLevels.Where(s => s.ProductId == stock.ProductId && s.Warehouse == stock.Warehouse).ForUpdate().In(busy).SingleAsync(cancellationToken);
            await using var process = SagaProcess.Start(cart, input);
            while (!await db.Orders.Where(o => o.UserId == user.Id && o.Total == input.Total).AnyAsync(cancellationToken))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
            }

            await process.KillAsync();
        }

        await chapter.ShowAsync(
            database: null, () => db.Sagas.CreateOrder.RunAsync(cart, input, cancellationToken), finished => new($"its process was killed after step 1: order {finished.Id} is finished here", 1));
        await chapter.ShowAsync(
            database: null,
            () => db.Sagas.Operations.FindAsync("create-order", cart, cancellationToken),
            details => new($"{details!.Summary.State}; attempts: {string.Join(", ", details.Timeline.Select(attempt => attempt.Step).Distinct(StringComparer.Ordinal))}", details.Timeline.Count));
    }

    private static async Task<int> ReservedAsync(ShopDb db, StockLevel stock, CancellationToken cancellationToken)
        => (await db.StockLevels.GetAsync((stock.ProductId, stock.Warehouse), cancellationToken)).Reserved;
}
