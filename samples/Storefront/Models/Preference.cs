using DualDb;

namespace Storefront.Models;

/// <summary>How a user likes the shop: the key is at the same time a reference to the profile.</summary>
[Supabase(Schema = "storefront")]
public sealed partial record Preference
{
    [Key]
    [References<Profile>]
    public required Guid UserId { get; init; }

    /// <summary>An enum stored as its number.</summary>
    public Theme Theme { get; init; }

    [Column("language", Type = "varchar(8)")]
    public required string LanguageTag { get; init; }

    /// <summary>An array column of references into the other database.</summary>
    public int[] FavouriteCategoryIds { get; init; } = [];

    [Jsonb(typeof(ShopJson))]
    public required NotificationSettings Notifications { get; init; }

    [UpdatedAt]
    public DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>The look of the shop.</summary>
public enum Theme
{
    System = 0,
    Light = 1,
    Dark = 2,
}

/// <summary>When the shop may write to a user, kept as <c>jsonb</c>.</summary>
public sealed record NotificationSettings(bool OrderUpdates, bool Newsletter, IReadOnlyList<string> Channels);
