using DualDb;
using DualDb.Consistency.Sagas;
using Storefront.Models;

namespace Storefront.Sagas;

#region saga
/// <summary>An order over both databases: all three steps take effect, or none is left.</summary>
[Saga("create-order")]
public sealed partial class CreateOrderSaga(ShopDb db)
{
    [Step(1)]
    private Task<Order> Place(CreateOrder input, NeonTransaction tx, CancellationToken ct) =>
        db.Orders.InsertAsync(new Order { UserId = input.UserId, Status = OrderStatus.Placed, Total = input.Total }, tx, ct);

    [Compensates(nameof(Place))]
    private Task Withdraw(Order order, NeonTransaction tx, CancellationToken ct) => db.Orders.DeleteAsync(order.Id, tx, ct);

    [Step(2)]
    private async Task<StockHold> Hold(CreateOrder input, NeonTransaction tx, CancellationToken ct)
    {
        await ReserveAsync(input.ProductId, input.Quantity, tx, ct);
        return new StockHold(input.ProductId, input.Quantity);
    }

    [Compensates(nameof(Hold))]
    private Task Release(StockHold hold, NeonTransaction tx, CancellationToken ct) => ReserveAsync(hold.ProductId, -hold.Quantity, tx, ct);

    [Step(3)]
    private async Task Record(CreateOrder input, Order order, SupabaseTransaction tx, CancellationToken ct)
    {
        if (await db.Profiles.FindAsync(input.UserId, tx, ct) is null)
        {
            throw new SagaAbortException($"There is no user {input.UserId}.");      // nothing to try again for
        }

        await db.Activities.InsertAsync(new Activity { UserId = input.UserId, Kind = ActivityKind.PlacedOrder, OrderId = order.Id, OccurredAt = order.CreatedAt }, tx, ct);
    }
    #endregion

    private async Task ReserveAsync(long productId, int quantity, NeonTransaction tx, CancellationToken ct)
    {
        var stock = await db.StockLevels
            .Where(s => s.ProductId == productId && s.Warehouse == Warehouse.Lyon)
            .ForUpdate()
            .In(tx)
            .SingleAsync(ct);
        if (stock.OnHand - stock.Reserved < quantity)
        {
            throw new SagaAbortException($"Of product {productId} only {stock.OnHand - stock.Reserved} are left.");
        }

        stock.Reserved += quantity;
        await db.StockLevels.UpdateAsync(stock, tx, ct);
    }
}
