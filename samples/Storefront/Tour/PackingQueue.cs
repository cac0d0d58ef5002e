using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>A table as a queue: each worker takes rows that no other holds.</summary>
internal static class PackingQueue
{
    private const string Title = "A queue in a table";
    private const string About = "SkipLocked locks the rows that a transaction reads and passes over those that others hold: two packers never take the same order, and neither waits.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var paid = db.Orders.Where(o => o.Status == OrderStatus.Paid).OrderBy(o => o.CreatedAt).Take(3);
        await using var first = await db.BeginNeonAsync(cancellationToken);
        await using var second = await db.BeginNeonAsync(cancellationToken);

        var mine = await chapter.ShowAsync(Database.Neon, () => paid.In(first).SkipLocked().ToListAsync(cancellationToken), orders => Describe("the first packer", orders));
        await chapter.ShowAsync(Database.Neon, () => paid.In(second).SkipLocked().ToListAsync(cancellationToken), orders => Describe("meanwhile the second", orders));

        long[] taken = [.. mine.Select(order => order.Id)];
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders
                .Where(o => o.Id.In(taken))
                .In(first)
                .UpdateAsync(set => set.Status(OrderStatus.Shipped), cancellationToken),
            changed => new("packed", changed));
        await first.CommitAsync(cancellationToken);
    }

    private static Outcome Describe(string packer, IReadOnlyList<Order> orders)
        => new($"{packer} holds {string.Join(", ", orders.Select(order => order.Id))}", orders.Count);
}
