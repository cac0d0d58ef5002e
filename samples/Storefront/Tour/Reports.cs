using System.Globalization;
using DualDb;
using Storefront.Data;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Columns, groups and sums in place of whole rows.</summary>
internal static class Reports
{
    private const string Title = "Columns, groups and sums";
    private const string About = "Select reads some columns as a tuple, GroupBy and the aggregates let PostgreSQL count. NULL is asked for by == null; a comparison never finds it.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var since = ShopCalendar.Today.AddDays(-30);
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders
                .Where(o => o.CreatedAt >= since)
                .GroupBy(o => o.Status)
                .OrderByDescending(g => g.Count())
                .Select(g => g.Key, g => g.Count(), g => g.Sum(o => o.Total))
                .ToListAsync(cancellationToken),
            groups => new(string.Join(", ", groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Item1} {group.Item2:N0} ({group.Item3:N0})"))), groups.Count));
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders
                .Where(o => o.Status != OrderStatus.Cancelled && o.CreatedAt.Year() == 2024)
                .SumAsync(o => o.Total, cancellationToken),
            total => string.Create(CultureInfo.InvariantCulture, $"{total:N2} sold in 2024"));
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Orders
                .OrderByDescending(o => o.Total)
                .Take(3)
                .Select<OrderSummary>()
                .ToListAsync(cancellationToken),
            orders => new(string.Join(", ", orders.Select(order => string.Create(CultureInfo.InvariantCulture, $"{order.Id}: {order.Status}, {order.Total:N2}"))), orders.Count));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.Where(p => p.City == "Porto").CountAsync(cancellationToken), count => $"{count:N0}");
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.Where(p => p.City != "Porto").CountAsync(cancellationToken), count => $"{count:N0}: NULL is not among them");
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.Where(p => p.City == null).CountAsync(cancellationToken), count => $"{count:N0} have told no city");
        await chapter.ShowAsync(
            Database.Supabase,
            () => db.Profiles
                .Where(p => p.City.StartsWith("L"))
                .Select(p => p.City)
                .Distinct()
                .ToListAsync(cancellationToken),
            cities => new(string.Join(", ", cities.Order(StringComparer.Ordinal)), cities.Count));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.Query().MaxAsync(p => p.BirthDate, cancellationToken), day => $"the youngest was born on {day:O}");
    }
}
