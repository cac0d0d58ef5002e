namespace DualDb.Migrations.Tests.Places;

/// <summary>A state that both databases know as a type.</summary>
[PostgresEnum("ticket_state")]
public enum TicketState
{
    Open,
    InWork,
    Closed,
}

/// <summary>An entity with each annotation that only the schema knows.</summary>
[Neon("tickets", Schema = "desk"), Comment("What people ask for."), Check("closed_at is null or state = 'Closed'", Name = "tickets_closed"), Check("points between 0 and 100")]
public sealed partial record Ticket
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Order>, Index(Name = "tickets_open", Where = "closed_at is null and state <> 'Closed'"), Comment("The order that it's about.")]
    public required long OrderId { get; init; }

    [Index(Name = "tickets_open")]
    public DateTimeOffset? ClosedAt { get; init; }

    [DefaultSql("'Open'")]
    public TicketState State { get; init; }

    public IReadOnlyList<TicketState> States { get; init; } = [];

    [Column(Type = "numeric(5,2)"), DefaultSql("1.5"), Check("points <> 13")]
    public decimal Points { get; init; }

    [Column(Type = "varchar(20)"), DefaultSql("'web'")]
    public required string Channel { get; init; }

    [Index(Method = "gin")]
    public IReadOnlyList<string> Tags { get; init; } = [];

    [Unique(Name = "tickets_number")]
    public required int Year { get; init; }

    [Unique(Name = "tickets_number")]
    public required int Number { get; init; }

    [Version]
    public int Version { get; init; }

    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }

    [SoftDelete]
    public bool IsGone { get; init; }
}

/// <summary>The same on the other side, in few words.</summary>
[Supabase("notes")]
public sealed partial record Note
{
    [Key(Generated = true)]
    public Guid Id { get; init; }

    [References<Profile>]
    public required long ProfileId { get; init; }

    [Index]
    public TicketState? State { get; init; }
}
