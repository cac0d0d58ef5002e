// What only the schema knows: defaults, conditions, remarks, old names, enum types and indexes of some rows.

using System;
using System.Collections.Generic;
using DualDb;

namespace Schemas;

[PostgresEnum("order state", Schema = "Types")]
public enum OrderState
{
    Placed,
    Paid,
    Settled = Paid,
    Gone,
}

[Neon("orders"), RenamedFrom("purchases"), Comment("What was \"bought\"."), Check("total >= 0 or state = 'Gone'", Name = "total_fits"), Check("note <> ''")]
public sealed partial record Order
{
    [Key(Generated = true)]
    public long Id { get; init; }

    [References<Buyer>, Index(Name = "orders_open", Where = "paid_at is null"), Comment("Who\npays.")]
    public required long BuyerId { get; init; }

    [Index(Name = "orders_open"), RenamedFrom("settled_at")]
    public DateTimeOffset? PaidAt { get; init; }

    [Column(Type = "numeric(12,2)"), DefaultSql("0"), Check("total < 1000000"), Check("total <> 13")]
    public decimal Total { get; init; }

    public OrderState State { get; init; }

    public IReadOnlyList<OrderState> States { get; init; } = [];

    [Column(Type = "varchar(20)"), DefaultSql("'web'")]
    public OrderState? Told { get; init; }

    [Index(Method = "gin")]
    public string[] Tags { get; init; } = [];

    [Unique]
    public string? Note { get; init; }

    [Version]
    public int Version { get; init; }
}

[Neon("buyers")]
public sealed partial record Buyer
{
    [Key]
    public required long Id { get; init; }
}

[Supabase("profiles")]
public sealed partial record Profile
{
    [Key(Generated = true)]
    public Guid Id { get; init; }

    [CreatedAt]
    public DateTimeOffset CreatedAt { get; init; }
}

[DualDatabase]
public partial class SchemaDb;
