using DualDb.Consistency.Events;

namespace DualDb.Benchmarks.Shop;

/// <summary>What is published with a row.</summary>
[DomainEvent("bench.happened")]
public sealed partial record Happened(long Number, Guid UserId);

/// <summary>The effect of an event in the other database.</summary>
[Supabase("effects", Schema = "bench")]
public sealed partial record Effect
{
    [Key(Generated = true)] public long Id { get; init; }
    public required Guid UserId { get; init; }
    public required long Number { get; init; }
}

/// <summary>Writes the effect.</summary>
public sealed class WriteEffect(ShopDb db) : IEventHandler<Happened>
{
    /// <inheritdoc/>
    public Task HandleAsync(Happened domainEvent, EventContext context, CancellationToken cancellationToken)
        => db.Effects.InsertAsync(new Effect { UserId = domainEvent.UserId, Number = domainEvent.Number }, context.Supabase, cancellationToken);
}
