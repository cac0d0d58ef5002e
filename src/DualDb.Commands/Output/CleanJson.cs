using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DualDb.Diagnostics;

namespace DualDb.Commands.Output;

/// <summary>A document as text, without secrets. The tree is cleaned and not the text: a secret with a quotation mark is written otherwise in JSON.</summary>
internal static class CleanJson
{
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = OneLine with { Indented = true };

    public static string Of(JsonNode document, Redaction redaction, bool isLine = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, isLine ? OneLine : Indented))
        {
            Write(writer, document, redaction);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node, Redaction redaction)
    {
        switch (node)
        {
            case JsonObject fields:
                writer.WriteStartObject();
                foreach (var (name, value) in fields)
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, redaction);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item, redaction);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                writer.WriteStringValue(redaction.Clean(TextOf(value)));
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }

    // Dates and GUIDs are strings in JSON alone: what .NET calls their text has its quotes on.
    private static string TextOf(JsonValue value)
        => value.TryGetValue<string>(out var text) ? text : JsonElement.Parse(value.ToJsonString()).GetString()!;
}
