// A shop whose orders Supabase's clients follow: a copy of one table, a table made of another, and profiles that both sides write.

using System;
using DualDb;
using DualDb.Consistency.Sync;

namespace Following;

public enum Stage
{
    Placed,
    Paid,
}

[Neon, Domain("orders")]
[Sync(To = Database.Supabase, Table = "order_copies", Schema = "shared")]
public sealed partial record Order([property: Key(Generated = true)] long Id, [property: References<Profile>] Guid UserId, [property: Column("state"), StoredAsText] Stage Stage, decimal Total, string? Note)
{
    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }

    [Version]
    public int Version { get; init; }
}

[Supabase("order_summaries")]
public sealed partial record OrderSummary([property: Key] long Id, Guid Customer, string Label, decimal Total, string? SeenBy);

[SyncMap<Order, OrderSummary>(Name = "summaries", Filter = "state <> 'Placed'")]
[SyncColumn(nameof(OrderSummary.Customer), From = nameof(Order.UserId))]
[SyncColumn(nameof(OrderSummary.Label), Sql = "upper(state) || ' \"' || id || '\"'")]
[SyncIgnore(nameof(OrderSummary.SeenBy))]
public static class OrderSummaries;

[Neon(Set = "Stock")]
[Sync(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Delta)]
public sealed partial class StockLevel
{
    [Key(Order = 2)]
    public required string Sku { get; init; }

    [Key(Order = 1)]
    public int Place { get; init; }

    [Counter]
    public int Units { get; set; }

    [SoftDelete]
    public bool IsGone { get; set; }

    [UpdatedAt]
    public DateTimeOffset UpdatedAt { get; set; }
}

[Supabase]
public sealed partial record Profile([property: Key] Guid Id, string Name, [Counter] int Visits);

[Neon]
public sealed partial record Customer([property: Key, Column("profile_id")] Guid Id, string Name, int Visits);

[SyncMap<Profile, Customer>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom, Resolver = typeof(LongerName))]
internal sealed class ProfilesOfCustomers;

internal sealed class LongerName : IConflictResolver<Profile>
{
    public SyncOutcome<Profile> Resolve(SyncConflict<Profile> conflict) => (conflict.Source, conflict.TargetAfter) switch
    {
        ({ } mine, { } theirs) => conflict.Merge(mine.Name.Length >= theirs.Name.Length ? mine : mine with { Name = theirs.Name }),
        (null, _) => conflict.Delete(),
        _ => conflict.KeepSource(),
    };
}

[DualDatabase]
public sealed partial class FollowingDb;
