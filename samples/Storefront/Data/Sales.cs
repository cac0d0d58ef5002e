using Storefront.Models;

namespace Storefront.Data;

/// <summary>What was ordered, by whom.</summary>
internal static class Sales
{
    public const int Count = 20_000;

    private const ulong Seed = 37;

    /// <summary>The orders with their positions, which still lack the keys that the database makes.</summary>
    public static IReadOnlyList<Basket> Baskets(IReadOnlyList<Profile> profiles, IReadOnlyList<Product> products)
    {
        var random = new SeededRandom(Seed);
        return [.. Enumerable.Range(1, Count).Select(number => BasketOf(number, profiles, products, random))];
    }

    /// <summary>One activity per order, and what users did besides.</summary>
    public static IReadOnlyList<Activity> Activities(IReadOnlyList<Order> orders)
    {
        var random = new SeededRandom(Seed + 1);
        return [.. orders.SelectMany(order => ActivitiesAround(order, random))];
    }

    private static Basket BasketOf(int number, IReadOnlyList<Profile> profiles, IReadOnlyList<Product> products, SeededRandom random)
    {
        // Even steps through the shop's time keep the keys in the order of the days.
        var span = ShopCalendar.Today - ShopCalendar.FirstOrder;
        var placed = ShopCalendar.FirstOrder.AddSeconds((long)span.TotalSeconds * number / Count);
        var positions = PositionsOf(products, random);
        var status = StatusAfter(ShopCalendar.Today - placed, random);
        var order = new Order
        {
            UserId = profiles[random.Skewed(profiles.Count)].Id,
            Status = status,
            Total = positions.Sum(line => line.Amount),
            DeliveredOn = status == OrderStatus.Delivered ? DateOnly.FromDateTime(placed.UtcDateTime).AddDays(random.Between(1, 6)) : null,
            CreatedAt = placed,
        };
        return new Basket(order, positions);
    }

    private static List<OrderLine> PositionsOf(IReadOnlyList<Product> products, SeededRandom random)
    {
        var count = 1 + random.Skewed(5);
        var positions = new List<OrderLine>(count);
        for (short position = 1; position <= count; position++)
        {
            var product = random.Pick(products);
            positions.Add(new OrderLine(OrderId: 0, position, product.Id, 1 + random.Skewed(4), product.Price));
        }

        return positions;
    }

    private static OrderStatus StatusAfter(TimeSpan age, SeededRandom random) => age.TotalDays switch
    {
        _ when random.Percent(4) => OrderStatus.Cancelled,
        > 7 => OrderStatus.Delivered,
        > 2 => OrderStatus.Shipped,
        _ => random.Percent(80) ? OrderStatus.Paid : OrderStatus.Placed,
    };

    private static IEnumerable<Activity> ActivitiesAround(Order order, SeededRandom random)
    {
        var address = new System.Net.IPAddress([192, 0, 2, (byte)random.Between(1, 254)]);
        if (random.Percent(30))
        {
            yield return new Activity
            {
                UserId = order.UserId, Kind = ActivityKind.SignedIn, Address = address, OccurredAt = order.CreatedAt.AddMinutes(-random.Between(5, 60)),
            };
        }

        yield return new Activity
        {
            UserId = order.UserId, Kind = ActivityKind.PlacedOrder, OrderId = order.Id, Address = address, OccurredAt = order.CreatedAt,
        };
    }
}

/// <summary>An order and its positions.</summary>
internal sealed record Basket(Order Order, IReadOnlyList<OrderLine> Positions);
