using System.Globalization;
using DualDb.IntegrationTests.Repositories;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.IntegrationTests.Views.Models;
using Npgsql;

namespace DualDb.IntegrationTests.Views;

/// <summary>A market on a pair of databases: shoppers in Supabase, what they bought in Neon.</summary>
public class Market(ShapeServers servers) : IAsyncLifetime
{
    /// <summary>How many shoppers there are; shopper n has bought n % 4 times.</summary>
    public const int Shoppers = 30;

    private readonly string _name = $"market_{Guid.NewGuid():n}";
    private Place? _place;

    public Place Place => _place!;

    public ShapesDb Db => Place.Db;

    /// <summary>The address of one of the two databases.</summary>
    public string Address(Database database)
        => new NpgsqlConnectionStringBuilder(database == Database.Neon ? servers.Servers.Neon.ConnectionString : servers.Servers.Supabase.ConnectionString)
        {
            Database = _name,
        }.ConnectionString;

    public static Guid Shopper(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public static int NumberOf(Shopper shopper)
    {
        ArgumentNullException.ThrowIfNull(shopper);
        return int.Parse(shopper.Name["Shopper ".Length..], CultureInfo.InvariantCulture);
    }

    public static bool IsShopper(Guid key) => Enumerable.Range(1, Shoppers).Any(number => Shopper(number) == key);

    /// <summary>The reviews of a ware, without the one that was removed.</summary>
    public static IEnumerable<long> ReviewsOf(int ware) => Enumerable.Range(1, 9).Where(number => (number % 5) + 1 == ware).Select(static number => (long)number);

    /// <summary>The purchases of a shopper, the oldest first.</summary>
    public static IEnumerable<long> PurchasesOf(int shopper) => Enumerable.Range(1, shopper % 4).Select(turn => (shopper * 10L) + turn);

    public async ValueTask InitializeAsync()
    {
        _place = await OpenAsync(_name);
        await FillAsync(Db);
    }

    private protected virtual Task<Place> OpenAsync(string name) => servers.CreateAsync(name, static (neon, supabase) => (neon, supabase));

    public static async Task FillAsync(ShapesDb db)
    {
        ArgumentNullException.ThrowIfNull(db);
        var numbers = Enumerable.Range(1, Shoppers).ToArray();
        await db.Shoppers.InsertManyAsync([.. numbers.Select(number => new Shopper(Shopper(number), $"Shopper {number}", number % 3 == 0 ? "Bangkok" : "Porto"))]);
        await db.ShopperSettings.InsertManyAsync([.. numbers.Where(static number => number % 2 == 0).Select(number => new ShopperSettings(Shopper(number), "pt"))]);
        await db.Couriers.InsertManyAsync([new Courier("ACE", "Ace"), new Courier("BEE", "Bee")]);
        await db.Vouchers.InsertManyAsync([new Voucher(1, 5), new Voucher(2, 10)]);
        await db.Wares.InsertManyAsync([.. Enumerable.Range(1, 5).Select(static number => new Ware(number, $"Ware {number}"))]);
        var purchases = numbers.SelectMany(static shopper => PurchasesOf(shopper).Select(id => Purchase(shopper, id))).ToArray();
        await db.Purchases.InsertManyAsync(purchases);
        await db.Receipts.InsertManyAsync([.. purchases.Where(static purchase => purchase.Id % 2 == 1).Select(static purchase => new Receipt(purchase.Id + 1000, purchase.Id))]);
        await db.PurchaseLines.InsertManyAsync([.. purchases.SelectMany(static purchase => Enumerable.Range(1, 2).Select(
            number => new PurchaseLine(purchase.Id, number, (int)((purchase.Id + number) % 5) + 1, number)))]);
        await db.Reviews.InsertManyAsync([.. Enumerable.Range(1, 10).Select(static number => new Review(number, (number % 5) + 1, Shopper(number), number % 6))]);
        await db.Reviews.DeleteAsync(10);
        await db.Messages.InsertManyAsync([.. numbers.Where(static number => number < Shoppers).Select(static number => new Message(number, Shopper(number), Shopper(number + 1)))]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_place is not null)
        {
            await _place.DisposeAsync();
        }
    }

    private static Purchase Purchase(int shopper, long id)
    {
        var turn = (int)(id % 10);
        return new Purchase(id, Shopper(shopper), new DateTime(2026, 1, turn, 0, 0, 0, DateTimeKind.Utc), 100 - (turn * 10))
        {
            CourierCode = turn switch { 1 => "ACE", 2 => "GONE", _ => null },
            VoucherId = turn == 1 ? 1 : null,
        };
    }
}
