using DualDb;

namespace Storefront.Models;

/// <summary>A shelf of the catalogue: a positional record whose key the shop chooses itself, with a reference to its own table.</summary>
[Neon(Schema = "storefront")]
public sealed partial record Category(
    [Key] int Id,
    string Name,
    [References<Category>] int? ParentId = null);
