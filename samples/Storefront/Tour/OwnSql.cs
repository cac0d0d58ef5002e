using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>SQL of one's own, where no method fits.</summary>
internal static class OwnSql
{
    private const string Title = "SQL of your own";
    private const string About = "Every hole of the interpolated string becomes a parameter, so that no value can become SQL.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var since = Data.ShopCalendar.Today.AddDays(-30);
        var limit = 3;
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Neon.QueryAsync<ShelfRevenue>(
                $"""
                select c.name as shelf, sum(l.quantity * l.unit_price) as revenue
                from storefront.orders o
                join storefront.order_lines l on l.order_id = o.id
                join storefront.products p on p.id = l.product_id
                join storefront.categories c on c.id = p.category_id
                where o.created_at >= {since}
                group by c.name
                order by revenue desc
                limit {limit}
                """,
                cancellationToken),
            shelves => new(string.Join(", ", shelves.Select(shelf => $"{shelf.Shelf} {shelf.Revenue:N0}")), shelves.Count),
            "db.Neon.QueryAsync<ShelfRevenue>($\"select … where o.created_at >= {since} … limit {limit}\")");

        var percent = 3;
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Neon.ExecuteAsync(
                $"update storefront.products set price = round(price * (100 + {percent}) / 100, 2), version = version + 1 where category_id = {100}", cancellationToken),
            changed => new("a shelf became dearer", changed));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var city = "Porto'; drop table storefront.profiles; --";
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Supabase.ExecuteScalarAsync<long>($"select count(*) from storefront.profiles where city = {city}", cancellationToken),
            count => new($"{count} profiles of that city; the table lives on", 1));

        string[] cities = ["Porto", "Lisbon"];
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Supabase.ExecuteAsync($"update storefront.profiles set version = version + 1 where city = any({cities})", cancellationToken),
            changed => new("a list is one parameter", changed));
    }

    private sealed record ShelfRevenue(string Shelf, decimal Revenue);
}
