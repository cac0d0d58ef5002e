using System.Buffers;
using System.Text;
using System.Text.Json;

namespace DualDb.Consistency.Sync.Feeding;

/// <summary>A row as JSON, by column.</summary>
internal static class RowDocument
{
    /// <summary>The row under the names of the other side; values keep their text, so that no digit is lost.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns that go along. One that the row lacks, since its table was altered, is left out.</param>
    public static string Rename(JsonElement row, IReadOnlyList<(string From, string To)> columns)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (from, to) in columns)
            {
                if (row.TryGetProperty(from, out var value))
                {
                    writer.WritePropertyName(to);
                    writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The first of the columns that a row lacks, since its table was altered; null where it has all. Without it, the other side's value would be overwritten with null.</summary>
    public static string? Missing(JsonElement row, IEnumerable<string> columns) => columns.FirstOrDefault(column => !row.TryGetProperty(column, out _));

    /// <summary>A JSON array of objects whose members are documents or plain values already.</summary>
    public static string Array(IEnumerable<string> elements) => "[" + string.Join(',', elements) + "]";

    /// <summary>A text as JSON.</summary>
    public static string Text(string text) => "\"" + JsonEncodedText.Encode(text).Value + "\"";
}
