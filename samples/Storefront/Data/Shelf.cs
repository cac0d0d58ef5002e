namespace Storefront.Data;

/// <summary>One shelf of the catalogue: every article comes in every finish.</summary>
/// <param name="Department">The shelf above it.</param>
/// <param name="Name">The shelf.</param>
/// <param name="Code">How its SKUs begin.</param>
/// <param name="Articles">What lies on it, with the lowest and highest price.</param>
/// <param name="Finishes">The finishes of each article.</param>
/// <param name="Tags">What can be said of every article here.</param>
internal sealed record Shelf(
    string Department,
    string Name,
    string Code,
    IReadOnlyList<(string Name, int Low, int High)> Articles,
    IReadOnlyList<string> Finishes,
    IReadOnlyList<string> Tags);
