namespace DualDb.Caching;

/// <summary>What a space needs to know of its values.</summary>
/// <param name="Name">The entity or view, for messages and figures.</param>
/// <param name="Subject">The table with its database, or the view.</param>
/// <param name="Kind">The columns that entries are found by; empty for the key.</param>
/// <param name="Schema">What the payload depends on: another schema never reads it.</param>
/// <param name="Codec">Writes and reads payloads.</param>
/// <param name="Count">How many rows a value holds.</param>
/// <param name="IsWhole">Whether a value may be kept: a view with members that could not be read may not.</param>
internal sealed record SpaceFacts<TValue>(
    string Name, string Subject, string Kind, string Schema, IPayloadCodec<TValue> Codec, Func<TValue, int> Count, Func<TValue, bool> IsWhole)
    where TValue : class
{
    /// <summary>The rows in a value; null where entries are found by key, or fall with every write of the table.</summary>
    public RowMembers<TValue>? Members { get; init; }
}
