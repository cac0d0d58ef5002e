namespace DualDb.Caching.Tests;

/// <summary>A row with all that a cached entity is found by: key, unique values, references.</summary>
[Neon("products"), CachedFor(minutes: 5, Tags = ["catalogue"])]
public sealed partial record Product
{
    [Key(Generated = true)] public long Id { get; init; }
    [Unique] public required string Sku { get; init; }
    [References<Shop>] public required Guid ShopId { get; init; }
    [References<Product>] public long? ParentId { get; init; }
    public required string Name { get; init; }
    public decimal Price { get; init; }
    [Version] public int Version { get; init; }
}

/// <summary>The same table once more, with less of it, and not cached.</summary>
[Neon("products", Set = "Titles")]
public sealed partial record Title([property: Key] long Id, string Name);

[Supabase("shops"), CachedFor("00:05:00")]
public sealed partial record Shop
{
    [Key] public required Guid Id { get; init; }
    public required string Name { get; init; }
    [SoftDelete] public bool Closed { get; init; }
}

/// <summary>Two columns that are unique together.</summary>
[Neon("shelves"), CachedFor(minutes: 5)]
public sealed partial record Shelf(
    [property: Key] int Id, [property: Unique(Name = "shelves_place")] string Aisle, [property: Unique(Name = "shelves_place")] int Number, string? Label);

/// <summary>Not cached itself; a cached view holds it.</summary>
[Neon("reviews")]
public sealed partial record Review([property: Key] long Id, [property: References<Product>] long ProductId, string Text);

/// <summary>A key of which PostgreSQL holds several texts for equal.</summary>
#pragma warning disable DDB207 // That such rows always come from the database is what is tested.
[Neon("codes"), CachedFor(minutes: 5)]
public sealed partial record Code([property: Key, Column(Type = "char(6)")] string Id, string Meaning);
#pragma warning restore DDB207

/// <summary>Each caller gets a copy.</summary>
[Neon("drafts"), CachedFor(minutes: 5, Clone = true)]
public sealed partial class Draft
{
    [Key] public int Id { get; set; }
    public string Text { get; set; } = "";
    public string[] Tags { get; set; } = [];
}

/// <summary>Large rows.</summary>
[Neon("documents"), CachedFor(minutes: 5)]
public sealed partial record Document([property: Key] string Id, string Body);

[DualDatabase]
public partial class StoreDb;
