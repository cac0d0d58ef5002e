using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Values that do not fit, on the way in and on the way out.</summary>
internal static class RefusedValues
{
    private const string Title = "Values that do not fit";
    private const string About = "What a column cannot hold is refused before anything is sent. Every message names entity, column, database and the next step.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var order = (await db.Orders.ListAsync(limit: 1, cancellationToken))[0];

        await chapter.ShowFailureAsync<InvalidEntityException>(
            Database.Neon, () => db.Orders.UpdateAsync(order with { Total = 99_999_999_999m }, cancellationToken), failure => failure.Describe());

        await db.Neon.ExecuteAsync($"update storefront.orders set status = {"Lost"} where id = {order.Id}", cancellationToken);
        await chapter.ShowFailureAsync<RowMappingException>(
            Database.Neon, async () => await db.Orders.GetAsync(order.Id, cancellationToken), failure => failure.Describe());
        await db.Neon.ExecuteAsync($"update storefront.orders set status = {nameof(OrderStatus.Placed)} where id = {order.Id}", cancellationToken);
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var profile = (await db.Profiles.ListAsync(limit: 1, cancellationToken))[0];

        await chapter.ShowFailureAsync<InvalidEntityException>(
            Database.Supabase, () => db.Profiles.UpdateAsync(profile with { DisplayName = "Ada\0" }, cancellationToken), failure => failure.Describe());
    }
}
