using DualDb;

namespace Storefront.Models;

#region readme
[Supabase("profiles", Schema = "storefront")]
public sealed partial record Profile
{
    [Key] public required Guid Id { get; init; }
    [Unique, Sensitive] public required string Email { get; init; }
    public required string DisplayName { get; init; }
    public string? City { get; init; }
    public DateOnly? BirthDate { get; init; }
    [CreatedAt] public DateTimeOffset CreatedAt { get; init; }
    [UpdatedAt] public DateTimeOffset UpdatedAt { get; init; }
    [Version] public int Version { get; init; }
    [SoftDelete] public bool Deleted { get; init; }
}
#endregion
