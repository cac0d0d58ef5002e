namespace DualDb.IntegrationTests.Users;

/// <summary>Under policies, and not cached.</summary>
[Supabase("user_notes", Set = "UserNotes")]
public sealed partial record UserNote([property: Key] Guid Id, Guid OwnerId, string Text, bool IsPublic)
{
    [Version]
    public int Version { get; init; }
}

/// <summary>Under policies, cached, and found by more than the key.</summary>
[Supabase("user_cards", Set = "UserCards"), CachedFor(minutes: 5)]
public sealed partial record UserCard([property: Key] Guid Id, Guid OwnerId, [property: Unique] string Code, string Text);

/// <summary>Everybody's, and declared so.</summary>
[Supabase("user_stations", Set = "UserStations"), CachedFor(minutes: 5, Shared = true)]
public sealed partial record UserStation([property: Key] int Id, string Name);

[Neon("user_orders", Set = "UserOrders"), CachedFor(minutes: 5)]
public sealed partial record UserOrder([property: Key] long Id, [property: References<UserCard>] Guid CardId, [property: References<UserStation>] int StationId);

[UnifiedView(Set = "UserCardOrders"), CachedFor(minutes: 5)]
public sealed partial record UserCardOrders(UserCard Card, IReadOnlyList<UserOrder> Orders);

/// <summary>Of Neon, and of what all users share.</summary>
[UnifiedView(Set = "UserTravels"), CachedFor(minutes: 5)]
public sealed partial record UserTravel(UserOrder Order, UserStation Station);
