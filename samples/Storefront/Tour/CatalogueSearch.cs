using DualDb;
using Storefront.Models;

namespace Storefront.Tour;

/// <summary>Searching the catalogue by typed conditions, and turning its pages.</summary>
internal static class CatalogueSearch
{
    private const string Title = "Catalogue search";
    private const string About =
        "A condition is a plain lambda over the entity's columns: what SQL cannot say does not compile. Pages begin where the one before ended, in both directions.";

    private const int PageSize = 8;

    public static async Task RunAsync(Guide guide, CancellationToken cancellationToken)
    {
        await using var chapter = guide.Begin(Title, About);
        await SearchAsync(chapter, guide.Db, cancellationToken);
        await KeepAsync(chapter, guide.Db, cancellationToken);
        await TurnPagesAsync(chapter, guide.Db, cancellationToken);
    }

    private static async Task SearchAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products
                .Where(p => p.Tags.Has("gift") && p.Price.Between(20m, 60m) && (p.Details.Text("colour") == "copper" || p.Name.ILike("%journal%")))
                .OrderBy(p => p.Price)
                .ToListAsync(cancellationToken),
            Describe);
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products
                .Where(p => p.Name.Matches("shelf -walnut or \"desk lamps\"", "english"))
                .OrderBy(p => p.Name)
                .ToListAsync(cancellationToken),
            Describe);
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products.Where(p => p.CategoryId.In()).ToListAsync(cancellationToken),
            products => new("one of no values: nothing can match, nothing is sent", products.Count));
    }

    /// <summary>A condition is a value: it can be kept, joined with others, and asked in memory.</summary>
    private static async Task KeepAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var gift = ProductColumns.Where(p => p.Tags.Has("gift"));
        var small = ProductColumns.Where(p => p.Details.Number("weightInGrams") <= 500);

        await chapter.ShowAsync(Database.Neon, () => db.Products.Where(gift).And(small).CountAsync(cancellationToken), count => new($"{count} small gifts"));
        await chapter.ShowAsync(
            Database.Neon,
            () => db.Products
                .Where(gift & !small)
                .OrderByDescending(p => p.Price)
                .FirstAsync(cancellationToken),
            product => new($"{product.Label}; in memory: gift {gift.Matches(product)}, small {small.Matches(product)}", 1));
    }

    private static async Task TurnPagesAsync(Chapter chapter, ShopDb db, CancellationToken cancellationToken)
    {
        var gifts = db.Products.Where(p => p.Tags.Has("gift")).OrderByDescending(p => p.Price).ThenBy(p => p.Name);

        var first = await chapter.ShowAsync(Database.Neon, () => gifts.ToPageAsync(PageSize, null, cancellationToken), Describe);
        var second = await chapter.ShowAsync(Database.Neon, () => gifts.ToPageAsync(PageSize, first.Next, cancellationToken), Describe);
        await chapter.ShowAsync(Database.Neon, () => gifts.ToPageAsync(PageSize, second.Previous, cancellationToken), Describe);

        var garden = db.Products.Where(p => p.Tags.Has("garden")).OrderByDescending(p => p.Price).ThenBy(p => p.Name);
        await chapter.ShowFailureAsync<InvalidCursorException>(
            Database.Neon, () => garden.ToPageAsync(PageSize, first.Next, cancellationToken), failure => failure.Describe());
    }

    private static Outcome Describe(IReadOnlyList<Product> products)
        => new(products.Count == 0 ? "nothing found" : $"{products[0].Name} ({products[0].Price}) to {products[^1].Name} ({products[^1].Price})", products.Count);

    private static Outcome Describe(Page<Product> page) => Describe(page.Items);
}
