using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Tests.Sync.Generated;

public enum TicketState
{
    Draft,
    Open,
    Closed,
}

/// <summary>A ticket of the business, of which Supabase has a copy as it is.</summary>
[Neon("tickets"), Domain("tickets")]
[Sync(To = Database.Supabase, Table = "ticket_copies", Schema = "shared")]
public sealed partial record Ticket
{
    [Key(Generated = true)] public long Id { get; init; }
    public required string Title { get; init; }
    [StoredAsText] public TicketState State { get; init; }
    public Guid Owner { get; init; }
    [Column(Type = "numeric(10,2)")] public decimal? Price { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    [CreatedAt] public DateTimeOffset CreatedAt { get; init; }
    [Version] public int Version { get; init; }
}

/// <summary>What customers see of a ticket, as soon as it is no draft.</summary>
[Supabase("ticket_cards")]
public sealed partial record TicketCard
{
    [Key] public long Id { get; init; }
    public required string Heading { get; init; }
    public required Guid Customer { get; init; }
    [StoredAsText] public TicketState State { get; init; }
    public DateTimeOffset? SeenAt { get; init; }
}

[SyncMap<Ticket, TicketCard>(Name = "ticket-cards", Filter = "state <> 'Draft'")]
[SyncColumn(nameof(TicketCard.Customer), From = nameof(Ticket.Owner))]
[SyncColumn(nameof(TicketCard.Heading), Sql = "upper(title) || coalesce(' for ' || price, '')")]
[SyncIgnore(nameof(TicketCard.SeenAt))]
public static class TicketCards;

/// <summary>A badge, whom both sides write, and whose row the business keeps in its cache.</summary>
[Neon("badges")]
[CachedFor(minutes: 60)]
[Sync(To = Database.Supabase, Table = "badge_copies", Direction = SyncDirection.TwoWay)]
public sealed partial record Badge
{
    [Key] public Guid Id { get; init; }
    public required string Label { get; init; }
}

/// <summary>A member, whom the business and the member itself change.</summary>
[Neon("members")]
public sealed partial record Member
{
    [Key] public Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public decimal Points { get; init; }
    public DateTimeOffset? Since { get; init; }
    public byte[]? Photo { get; init; }
    [Version] public int Version { get; init; }
}

/// <summary>The member's own view of itself.</summary>
[Supabase("member_profiles")]
public sealed partial record MemberProfile
{
    [Key] public Guid Id { get; init; }
    [Column("display_name")] public required string Name { get; init; }
    public string? Phone { get; init; }
    public decimal Points { get; init; }
    public DateTimeOffset? Since { get; init; }
    public byte[]? Photo { get; init; }
    [Version] public int Version { get; init; }
}

/// <summary>What a member has written, in the other database than the member.</summary>
[Supabase("member_notes")]
public sealed partial record MemberNote
{
    [Key] public long Id { get; init; }
    [References<Member>] public Guid? MemberId { get; init; }
    public required string Text { get; init; }
}

[SyncMap<Member, MemberProfile>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom, Resolver = typeof(MemberResolver))]
public static class MemberProfiles;

/// <summary>Members know their phone, the business their points.</summary>
public sealed class MemberResolver : IConflictResolver<Member>
{
    public SyncOutcome<Member> Resolve(SyncConflict<Member> conflict)
        => conflict is { Source: { } business, TargetAfter: { } member } ? conflict.Merge(business with { Phone = member.Phone })
            : conflict.Source is null ? conflict.Delete()
            : conflict.KeepSource();
}
