using System.Buffers;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Operators;

/// <summary>What <see cref="IPayloadRedaction"/> is asked for, by what it is of.</summary>
public static class RedactionExtensions
{
    private const string Saga = "saga:";

    /// <summary>The input of a saga as it may be shown.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="json">The input; null where it is not known.</param>
    public static string? SagaInput(this IPayloadRedaction redaction, string saga, string? json) => Of(redaction, InputOf(saga), json);

    /// <summary>The result of a step as it may be shown.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="step">The name of the step.</param>
    /// <param name="json">The result; null for none.</param>
    public static string? StepResult(this IPayloadRedaction redaction, string saga, string step, string? json) => Of(redaction, ResultOf(saga, step), json);

    /// <summary>The result of a saga as it may be shown.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="saga">The name of the saga.</param>
    /// <param name="json">The result; null for none.</param>
    public static string? SagaResult(this IPayloadRedaction redaction, string saga, string? json) => Of(redaction, EndOf(saga), json);

    /// <summary>The payload of an event as it may be shown.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="name">The name of the event.</param>
    /// <param name="json">The payload; null where it is not known.</param>
    public static string? EventPayload(this IPayloadRedaction redaction, string name, string? json) => Of(redaction, name, json);

    /// <summary>A row as it may be shown.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="entity">The map that it is of, or the table.</param>
    /// <param name="json">An object with a member per column; null for no row.</param>
    /// <returns>The object with what is sensitive masked; all of it masked where it is no object.</returns>
    public static string? Row(this IPayloadRedaction redaction, string entity, string? json)
    {
        ArgumentNullException.ThrowIfNull(redaction);
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return Write(document.RootElement, (writer, column) => WriteColumn(writer, redaction, entity, column));
            }
        }
        catch (JsonException)
        {
            // Masked below: what it holds is not known.
        }

        return JsonMask.Everything.Apply(json);
    }

    /// <summary>The key of a synchronised row as it may be shown: masked as a whole where a column of it is sensitive.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="map">The map that the row is of.</param>
    /// <param name="json">The key; null for none.</param>
    public static string? RowKey(this IPayloadRedaction redaction, string map, string? json) => Of(redaction, KeyOf(map), json);

    /// <summary>A value that refers to nothing, as it may be shown: masked where the member that holds it is sensitive, or nothing is known of the reference.</summary>
    /// <param name="redaction">The redaction.</param>
    /// <param name="reference">The reference, as a comparison names it: <c>Order.UserId -&gt; Profile</c>.</param>
    /// <param name="value">The value as text.</param>
    public static string Orphan(this IPayloadRedaction redaction, string reference, string value)
    {
        ArgumentNullException.ThrowIfNull(redaction);

        // Redactions are asked for JSON; what they leave as it is was no secret.
        var json = JsonText(value);
        return string.Equals(redaction.Json(OrphanOf(reference), json), json, StringComparison.Ordinal) ? value : JsonMask.Replacement;
    }

    internal static string OrphanOf(string reference) => "orphan:" + reference;

    internal static string KeyOf(string map) => "key:" + map;

    internal static string InputOf(string saga) => Saga + saga;

    internal static string EndOf(string saga) => $"{Saga}{saga}/";

    internal static string ResultOf(string saga, string step) => $"{Saga}{saga}/{step}";

    private static string JsonText(string value) => "\"" + JsonEncodedText.Encode(value, JsonLimits.Writing.Encoder) + "\"";

    private static string? Of(IPayloadRedaction redaction, string name, string? json)
    {
        ArgumentNullException.ThrowIfNull(redaction);
        return json is null ? null : redaction.Json(name, json);
    }

    private static string Write(JsonElement row, Action<Utf8JsonWriter, JsonProperty> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonLimits.Writing))
        {
            writer.WriteStartObject();
            foreach (var column in row.EnumerateObject())
            {
                writer.WritePropertyName(column.Name);
                write(writer, column);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteColumn(Utf8JsonWriter writer, IPayloadRedaction redaction, string entity, JsonProperty column)
    {
        var text = column.Value.ValueKind is JsonValueKind.Null ? null : column.Value.ToString();
        var shown = redaction.Column(entity, column.Name, text);
        if (string.Equals(shown, text, StringComparison.Ordinal))
        {
            column.Value.WriteTo(writer);
        }
        else
        {
            writer.WriteStringValue(shown);
        }
    }
}
