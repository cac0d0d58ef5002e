namespace DualDb.Consistency.Events;

/// <summary>One delivery of an event to a handler.</summary>
public sealed class EventContext
{
    private readonly DatabaseTransaction? _transaction;

    internal EventContext(DatabaseTransaction? transaction) => _transaction = transaction;

    /// <summary>Creates the context of a delivery by hand, for tests of handlers.</summary>
    /// <param name="eventId">The id of the event.</param>
    /// <param name="transaction">The transaction in the handler's database; null for none.</param>
    public EventContext(Guid eventId, DatabaseTransaction? transaction = null)
        : this(transaction)
    {
        EventId = eventId;
        IdempotencyKey = eventId.ToString("N");
    }

    /// <summary>The event's id, the same in every delivery and for every handler.</summary>
    public Guid EventId { get; internal init; }

    /// <summary>The name under which the event is stored.</summary>
    public string EventName { get; internal init; } = "";

    /// <summary>The key whose events are handled in the order of their publication; null where it has none.</summary>
    public string? Key { get; internal init; }

    /// <summary>When the event was published, by the clock of the database that it was published in.</summary>
    public DateTimeOffset PublishedAt { get; internal init; }

    /// <summary>The database that it was published in.</summary>
    public Database Source { get; internal init; }

    /// <summary>Which attempt this is; 1 for the first.</summary>
    public int Attempt { get; internal init; } = 1;

    /// <summary>What was published along with the event.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; internal init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The same text in every attempt of this handler at this event: hand it to services that drop repetitions.</summary>
    public string IdempotencyKey { get; internal init; } = "";

    /// <summary>A transaction in Neon, which also records that the event was handled. It is committed when the handler returns: do not end it.</summary>
    /// <exception cref="InvalidOperationException">The handler's target is another.</exception>
    public NeonTransaction Neon => _transaction as NeonTransaction ?? throw NotGiven(Database.Neon);

    /// <summary>A transaction in Supabase, which also records that the event was handled. It is committed when the handler returns: do not end it.</summary>
    /// <exception cref="InvalidOperationException">The handler's target is another.</exception>
    public SupabaseTransaction Supabase => _transaction as SupabaseTransaction ?? throw NotGiven(Database.Supabase);

    private InvalidOperationException NotGiven(Database asked)
        => new(
            $"The handler of '{EventName}' asked for a transaction in {asked} and was given {(_transaction is null ? "none" : "one in " + _transaction.Database)}. "
            + $"Put [EventHandler(Target = HandlerTarget.{asked})] on it; a handler writes to one database, since no transaction spans both.");
}
