namespace DualDb.Consistency.Events;

/// <summary>An event as it lies in the outbox.</summary>
/// <param name="Id">Its id, the same in every delivery.</param>
/// <param name="Name">The name under which it is stored.</param>
/// <param name="Version">The version of its payload.</param>
/// <param name="Key">Its key; null for none.</param>
/// <param name="Payload">The payload as JSON text.</param>
/// <param name="PublishedAt">When it was published, by the database's clock.</param>
/// <param name="Source">The database it was published in.</param>
/// <param name="Headers">What goes along.</param>
/// <param name="TraceParent">The W3C trace context of whoever published it; null for none.</param>
/// <param name="TraceState">Its vendor part; null for none.</param>
public sealed record PublishedEvent(
    Guid Id,
    string Name,
    int Version,
    string? Key,
    string Payload,
    DateTimeOffset PublishedAt,
    Database Source,
    IReadOnlyDictionary<string, string> Headers,
    string? TraceParent,
    string? TraceState);
