using DualDb;

namespace Storefront.Models;

/// <summary>Something to buy. Deleting one marks it, since old orders still name it.</summary>
[Neon(Schema = "storefront"), CachedFor(minutes: 5)]
public sealed partial record Product
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [Unique]
    [Column(Type = "varchar(20)")]
    public required string Sku { get; init; }

    public required string Name { get; init; }

    [References<Category>]
    public required int CategoryId { get; init; }

    [Column(Type = "numeric(12,2)")]
    public required decimal Price { get; init; }

    /// <summary>An array column: <c>text[]</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>A <c>jsonb</c> column, read and written by the serializer that the compiler generated.</summary>
    [Jsonb(typeof(ShopJson))]
    public required ProductDetails Details { get; init; }

    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }

    [UpdatedAt]
    public DateTimeOffset UpdatedAt { get; init; }

    [Version]
    public int Version { get; init; }

    [SoftDelete]
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Computed from other members, so no column.</summary>
    public string Label => $"{Name} ({Sku})";
}

/// <summary>What only some products have, kept as <c>jsonb</c>.</summary>
public sealed record ProductDetails(string Colour, int WeightInGrams, IReadOnlyDictionary<string, string> Care);
