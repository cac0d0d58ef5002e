namespace DualDb.Consistency.Operators;

/// <summary>
/// Masks what operators must not see of the data that the application stores: payloads of events, inputs and results of sagas, rows of entities. Asked by everything that shows such data, such as the dashboard and the command line, before it is shown.
/// Register one of your own in the container to mask more: <c>services.AddSingleton&lt;IPayloadRedaction, StrictRedaction&gt;()</c>.
/// </summary>
/// <remarks>It is asked from several threads at once, and must not wait for anything.</remarks>
public interface IPayloadRedaction
{
    /// <summary>A stored document as it may be shown.</summary>
    /// <param name="typeName">What the document is of: the name of an event (<c>order.created</c>), or what <see cref="RedactionExtensions"/> makes of a saga, a step or the key of a row.</param>
    /// <param name="json">The document. Where it cannot be read, nothing of it may be shown unless the type has nothing to mask.</param>
    /// <returns>The document with what is sensitive masked, as JSON; the same text where there is nothing to mask.</returns>
    string Json(string typeName, string json);

    /// <summary>A column's value as it may be shown.</summary>
    /// <param name="entity">The map that the row is of, or its table (<c>public.orders</c>).</param>
    /// <param name="column">The column.</param>
    /// <param name="value">The value as text; null where the column holds none.</param>
    /// <returns>The value, or a mask in its place; null where the value is null and may be known to be.</returns>
    string? Column(string entity, string column, string? value);
}
