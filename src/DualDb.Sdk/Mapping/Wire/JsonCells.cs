using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>Cuts values out of JSON.</summary>
internal static class JsonCells
{
    /// <summary>The value that a reader stands at; the reader stands at its last token afterwards.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">What it reads.</param>
    public static JsonCell Current(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var token = reader.TokenType;
        var start = (int)reader.TokenStartIndex;
        if (token == JsonTokenType.String)
        {
            return new JsonCell(reader.ValueSpan, token, reader.ValueIsEscaped);
        }

        reader.Skip();
        return new JsonCell(json[start..(int)reader.BytesConsumed], token, isEscaped: false);
    }
}
