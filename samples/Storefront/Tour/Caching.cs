using System.Globalization;
using DualDb;
using Spectre.Console;
using Storefront.Models;
using Storefront.Setup;

namespace Storefront.Tour;

/// <summary>What [CachedFor] saves, and what it does not let go stale.</summary>
internal static class Caching
{
    private const string Title = "The cache";
    private const string About = "Product has [CachedFor(minutes: 5)]. It answers from memory, then from Redis, then from Neon; a write takes it out of every process.";
    private const int Reads = 1_000;

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        var db = guide.Db;
        var product = (await db.Products.ListAsync(limit: 10, cancellationToken))[^1];

        var bare = await chapter.MeasureAsync(Database.Neon, () => ReadAsync(db.Products.Fresh(), product.Id, cancellationToken), Describe, "1,000 × db.Products.Fresh().GetAsync(id)");
        var cached = await chapter.MeasureAsync(Database.Neon, () => ReadAsync(db.Products, product.Id, cancellationToken), Describe, "1,000 × db.Products.GetAsync(id)");
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products.PatchAsync(product.Id, set => set.Price(product.Price + 1m), cancellationToken),
            patched => new($"{product.Price} became {patched.Price}", 1));
        await chapter.ShowAsync(Database.Neon, () => db.Products.GetAsync(product.Id, cancellationToken), found => new($"reads {found.Price}: never the old one", 1));
        chapter.Append(new Text(string.Create(CultureInfo.InvariantCulture, $"Read from memory, a product is there {bare.Time / cached.Time:N0} times as fast.\n")));
        await ShareAsync(chapter, db, product, cancellationToken);
    }

    /// <summary>Another process holds the product in its own memory when this one changes it.</summary>
    private static async Task ShareAsync(Chapter chapter, ShopDb db, Product product, CancellationToken cancellationToken)
    {
        if (!Databases.HasRedis)
        {
            chapter.Append(new Text("There is no Redis: set REDIS_URL, or install redis-server, to see a second process told of a change.\n"));
            return;
        }

        await using var second = await SecondProcess.StartAsync(product, cancellationToken);
        await chapter.MeasureAsync(
            Database.Neon,
            () => TellAsync(db, product, second, cancellationToken),
            told => new($"a second process {told}", 1),
            "db.Products.PatchAsync(id, set => set.Price(price))");
    }

    private static async Task<string> TellAsync(ShopDb db, Product product, SecondProcess second, CancellationToken cancellationToken)
    {
        await db.Products.PatchAsync(product.Id, set => set.Price(product.Price + 2m), cancellationToken);
        return await second.ReadAsync(cancellationToken);
    }

    private static async Task<Product> ReadAsync(IProductRepository products, long id, CancellationToken cancellationToken)
    {
        var product = await products.GetAsync(id, cancellationToken);
        for (var read = 1; read < Reads; read++)
        {
            product = await products.GetAsync(id, cancellationToken);
        }

        return product;
    }

    private static Outcome Describe(Product product) => new(product.Name, Reads);
}
