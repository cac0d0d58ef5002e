using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Setup;

/// <summary>The rows that are read, and rows to write.</summary>
internal static class Rows
{
    /// <summary>How many profiles there are.</summary>
    public const int Profiles = 1_000;

    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task FillAsync(ShopDb db, CancellationToken cancellationToken)
    {
        await db.Profiles.InsertManyAsync([.. Enumerable.Range(0, Profiles).Select(Profile)], cancellationToken);
        await db.Orders.InsertManyAsync(NewOrders(Laboratory.Orders), cancellationToken);
        await db.Neon.ExecuteAsync($"vacuum analyze bench.orders", cancellationToken);
        await db.Supabase.ExecuteAsync($"vacuum analyze bench.profiles", cancellationToken);
    }

    /// <summary>Orders without keys, ten per profile by turns.</summary>
    public static Order[] NewOrders(int count)
        => [.. Enumerable.Range(0, count).Select(static index => new Order
        {
            UserId = UserId(index % Profiles),
            Status = (OrderStatus)(index % 3),
            Total = 10m + (index % 1_000 / 4m),
            Weight = index % 500 / 8d,
            Note = index % 3 == 0 ? null : "Leave it with the neighbours",
            PlacedAt = Start.AddMinutes(index),
            Items = 1 + (index % 9),
        })];

    /// <summary>Activities without keys.</summary>
    public static Activity[] NewActivities(int count)
        => [.. Enumerable.Range(0, count).Select(static index => new Activity
        {
            UserId = UserId(index % Profiles),
            Kind = index % 7,
            Place = "Entrance",
            At = Start.AddSeconds(index),
            Amount = index % 200 / 4m,
            Succeeded = index % 5 != 0,
            Device = index % 3 == 0 ? null : "Phone",
        })];

    /// <summary>Parcels with keys in random order, the same in every run.</summary>
    public static Parcel[] NewParcels(int count)
    {
        var random = new Random(20_260_101);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(index =>
        {
            random.NextBytes(bytes);
            return new Parcel
            {
                Id = new Guid(bytes),
                OrderId = index,
                Price = 1m + (index % 400 / 4m),
                Grams = index % 3_000,
                Label = index % 4 == 0 ? null : "Fragile",
                PackedAt = Start.AddSeconds(index),
            };
        })];
    }

    /// <summary>The key of a profile.</summary>
    public static Guid UserId(int index) => new(index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private static Profile Profile(int index) => new() { Id = UserId(index), DisplayName = $"User {index}", City = index % 2 == 0 ? "Oslo" : null };
}
