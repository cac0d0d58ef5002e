using DualDb;
using DualDb.Consistency.Sync;

namespace Storefront.Models;

/// <summary>What the business knows of a profile, in its own database.</summary>
[Neon("customers", Schema = "storefront")]
public sealed partial record Customer
{
    [Key] public required Guid Id { get; init; }
    [Sensitive] public required string Email { get; init; }
    public required string DisplayName { get; init; }
    public string? City { get; init; }
}

#region twoway
/// <summary>Both ways: users change their profile, the business its customer. Where both change one, column by column.</summary>
[SyncMap<Profile, Customer>(Name = "customers", Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.ColumnMerge)]
public static class CustomersOfProfiles;
#endregion
