using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Events.Publishing;

/// <summary>Headers as the JSON object that is stored.</summary>
internal static class HeaderText
{
    public static string? Write(string name, IReadOnlyDictionary<string, string>? headers, EventOptions options)
    {
        if (headers is null or { Count: 0 })
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (header, value) in headers)
            {
                if (header is not { Length: > 0 } || value is null || !OutgoingRules.IsText(header) || !OutgoingRules.IsText(value))
                {
                    throw new EventRefusedException(name, $"its header '{header}' has no name, no value, or holds half of a surrogate pair. Headers are texts.");
                }

                writer.WriteString(header, value);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenCount <= options.MaxHeaderBytes
            ? Encoding.UTF8.GetString(buffer.WrittenSpan)
            : throw new EventRefusedException(
                name,
                string.Create(CultureInfo.InvariantCulture, $"its headers have {buffer.WrittenCount} bytes, and {options.MaxHeaderBytes} are allowed (EventOptions.MaxHeaderBytes). What is large belongs into the event, or beside it into a table."));
    }

    /// <summary>Reads what was written; what is no text is passed over, since anybody may have written the row.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? text)
    {
        if (text is null)
        {
            return System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;
        }

        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                foreach (var header in document.RootElement.EnumerateObject().Where(static header => header.Value.ValueKind is JsonValueKind.String))
                {
                    headers[header.Name] = header.Value.GetString()!;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Nested too deep, or with half of a surrogate pair: json takes both, and an event must not stop the others.
        }

        return headers;
    }
}
