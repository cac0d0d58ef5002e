using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DualDb.AspNetCore.Dashboard.Markup;
using DualDb.Consistency.Json;
using DualDb.Consistency.Operators;

namespace DualDb.AspNetCore.Dashboard.Sections.Shared;

/// <summary>Data of users as it may be shown: whatever a page shows of it comes through here.</summary>
internal sealed class ShownData(IPayloadRedaction redaction)
{
    // The page encodes it once more: here, a reader's letters stay letters.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Event(string name, string json) => redaction.EventPayload(name, json)!;

    public string SagaInput(string saga, string json) => redaction.SagaInput(saga, json)!;

    public string SagaResult(string saga, string json) => redaction.SagaResult(saga, json)!;

    public string StepResult(string saga, string step, string json) => redaction.StepResult(saga, step, json)!;

    public string RowKey(string map, string json) => redaction.RowKey(map, json)!;

    public string Orphan(string reference, string value) => redaction.Orphan(reference, value);

    /// <summary>A column's value, which is JSON, in the words that a reader expects; null for no value. One that cannot be read, such as a document that is nested too deep, is masked.</summary>
    public string? Value(string map, string column, string? json)
    {
        if (json is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var text = document.RootElement.ValueKind == JsonValueKind.Null ? null : document.RootElement.ToString();
            return redaction.Column(map, column, text) ?? "null";
        }
        catch (JsonException)
        {
            return JsonMask.Replacement;
        }
    }

    /// <summary>The columns of a row, which is JSON; none where it cannot be read.</summary>
    public IReadOnlyList<(string Column, string Value)> Row(string map, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(column => (column.Name, Value(map, column.Name, column.Value.GetRawText())!))] : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>A document for reading.</summary>
    public static Html Code(string json) => Widgets.Code(Indent(json));

    public static string Indent(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var buffer = new ArrayBufferWriter<byte>(256);
            using (var writer = new Utf8JsonWriter(buffer, Indented))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(buffer.WrittenSpan);
        }
        catch (JsonException)
        {
            return json;
        }
    }
}
