using System.Globalization;
using Storefront.Models;

namespace Storefront.Data;

/// <summary>The shop's shelves, products and stock.</summary>
internal static class Catalogue
{
    private const ulong Seed = 11;

    private static readonly IReadOnlyDictionary<string, string> Care = new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["clean"] = "Wipe with a damp cloth.",
        ["repair"] = "Spare parts are kept for ten years.",
    };

    /// <summary>Departments first, so that every parent is there before its children.</summary>
    public static IReadOnlyList<Category> Categories()
    {
        var departments = Shelves.All.Select(shelf => shelf.Department).Distinct(StringComparer.Ordinal).ToList();
        return
        [
            .. departments.Select((name, index) => new Category(index + 1, name)),
            .. Shelves.All.Select((shelf, index) => new Category(
                ShelfId(index), shelf.Name, departments.IndexOf(shelf.Department) + 1)),
        ];
    }

    public static IReadOnlyList<Product> Products()
    {
        var random = new SeededRandom(Seed);
        return [.. Shelves.All.SelectMany((shelf, index) => ProductsOf(shelf, ShelfId(index), random))];
    }

    public static IReadOnlyList<StockLevel> Stock(IReadOnlyList<Product> products)
    {
        var random = new SeededRandom(Seed + 1);
        return
        [
            .. from product in products
               from warehouse in Enum.GetValues<Warehouse>()
               let onHand = random.Between(0, 400)
               select new StockLevel
               {
                   ProductId = product.Id,
                   Warehouse = warehouse,
                   OnHand = onHand,
                   Reserved = random.Between(0, onHand / 4),
               },
        ];
    }

    private static int ShelfId(int index) => 100 + index;

    private static IEnumerable<Product> ProductsOf(Shelf shelf, int categoryId, SeededRandom random)
    {
        var number = 100;
        foreach (var (name, low, high) in shelf.Articles)
        {
            foreach (var finish in shelf.Finishes)
            {
                yield return new Product
                {
                    Sku = string.Create(CultureInfo.InvariantCulture, $"{shelf.Code}-{number++}"),
                    Name = $"{name}, {finish}",
                    CategoryId = categoryId,
                    Price = random.Between(low, high) - (random.Percent(60) ? 0.10m : 0.01m),
                    Tags = random.Percent(20) ? [.. shelf.Tags, "bestseller"] : shelf.Tags,
                    Details = new ProductDetails(finish, random.Between(5, 240) * 10, Care),
                };
            }
        }
    }
}
