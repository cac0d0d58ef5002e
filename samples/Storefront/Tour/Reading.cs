using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Every way to read rows by key or as a whole.</summary>
internal static class Reading
{
    private const string Title = "Reading";
    private const string About = "The same methods for both databases. One call is one statement, whatever the number of keys.";

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await NeonAsync(chapter, guide.Db, cancellationToken);
        await SupabaseAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task NeonAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var first = await chapter.ShowAsync(
            Database.Neon, () => db.Orders.ListAsync(limit: 1_000, cancellationToken), orders => new("in the order of their keys", orders.Count));
        long[] keys = [.. first.Select(order => order.Id)];
        long key = keys[41], missing = -1;

        await chapter.ShowAsync(Database.Neon, () => db.Orders.FindAsync(key, cancellationToken), order => new($"order {order!.Id}: {order.Status}, {order.Total}", 1));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.FindAsync(missing, cancellationToken), order => new(order is null ? "null" : "found", 0));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.GetAsync(key, cancellationToken), order => new($"placed {order.CreatedAt:d MMM yyyy}", 1));
        await chapter.ShowFailureAsync<EntityNotFoundException>(
            Database.Neon, async () => await db.Orders.GetAsync(missing, cancellationToken), failure => failure.Describe());

        long[] wanted = [keys[2], keys[0], missing, keys[2]];
        await chapter.ShowAsync(
            Database.Neon, () => db.Orders.FindManyAsync(wanted, cancellationToken), orders => new("in the order asked, the missing one left out", orders.Count));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.FindManyAsync(keys, cancellationToken), orders => new("a thousand keys, one statement", orders.Count));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.FindManyAsync([], cancellationToken), orders => new("no keys, nothing sent", orders.Count));
        await chapter.ShowAsync(Database.Neon, () => db.Orders.ExistsAsync(key, cancellationToken), exists => exists.ToString());
        await chapter.ShowAsync(Database.Neon, () => db.Orders.CountAsync(cancellationToken), count => $"{count:N0}");
        await chapter.ShowAsync(
            Database.Neon, () => Sum(db.Orders.StreamAsync(cancellationToken)), sum => new($"{sum.Total:N2} in all, one row at a time", sum.Rows));

        var lines = await db.OrderLines.ListAsync(limit: 1, cancellationToken);
        await chapter.ShowAsync(
            Database.Neon, () => db.OrderLines.GetAsync((lines[0].OrderId, lines[0].Position), cancellationToken), line => new($"a composite key: {line.Quantity} × {line.UnitPrice}", 1));
    }

    private static async Task SupabaseAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var first = await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.ListAsync(limit: 1_000, cancellationToken), profiles => new("in the order of their keys", profiles.Count));
        Guid[] keys = [.. first.Select(profile => profile.Id)];
        Guid key = keys[41], missing = Guid.Empty;

        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.FindAsync(key, cancellationToken), profile => new($"{profile!.DisplayName}, {profile.City}", 1));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.FindAsync(missing, cancellationToken), profile => new(profile is null ? "null" : "found", 0));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.GetAsync(key, cancellationToken), profile => new($"since {profile.CreatedAt:d MMM yyyy}", 1));
        await chapter.ShowFailureAsync<EntityNotFoundException>(
            Database.Supabase, async () => await db.Profiles.GetAsync(missing, cancellationToken), failure => failure.Describe());

        Guid[] wanted = [keys[2], keys[0], missing, keys[2]];
        await chapter.ShowAsync(
            Database.Supabase, () => db.Profiles.FindManyAsync(wanted, cancellationToken), profiles => new("in the order asked, the missing one left out", profiles.Count));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.FindManyAsync(keys, cancellationToken), profiles => new("a thousand keys, one statement", profiles.Count));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.FindManyAsync([], cancellationToken), profiles => new("no keys, nothing sent", profiles.Count));
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.ExistsAsync(key, cancellationToken), exists => exists.ToString());
        await chapter.ShowAsync(Database.Supabase, () => db.Profiles.CountAsync(cancellationToken), count => $"{count:N0}");
        await chapter.ShowAsync(
            Database.Supabase, () => FirstIn("Porto", db.Profiles.StreamAsync(cancellationToken)), found => new($"stopped at {found.Name}, first of Porto", found.Rows));
        await chapter.ShowAsync(
            Database.Supabase, () => db.Preferences.GetAsync(key, cancellationToken), preference => new($"jsonb: channels {string.Join(", ", preference.Notifications.Channels)}", 1));
    }

    private static async Task<(decimal Total, long Rows)> Sum(IAsyncEnumerable<Order> orders)
    {
        decimal total = 0;
        long rows = 0;
        await foreach (var order in orders)
        {
            total += order.Total;
            rows++;
        }

        return (total, rows);
    }

    private static async Task<(string Name, long Rows)> FirstIn(string city, IAsyncEnumerable<Profile> profiles)
    {
        long rows = 0;
        await foreach (var profile in profiles)
        {
            rows++;
            if (string.Equals(profile.City, city, StringComparison.Ordinal))
            {
                return (profile.DisplayName, rows);
            }
        }

        return ("nobody", rows);
    }
}
