using System.Net;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <content>Texts, and what is written as one.</content>
public static partial class JsonCodec
{
    /// <summary>Reads a text.</summary>
    /// <param name="reader">Stands on it.</param>
    public static string ReadString(ref Utf8JsonReader reader) => TextOr(ref reader) ?? throw Wrong(ref reader, "a text");

    /// <summary>Reads true or false.</summary>
    /// <param name="reader">Stands on it.</param>
    public static bool ReadBoolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Wrong(ref reader, "true or false"),
    };

    /// <summary>Reads a character: a text of one, or the number of half a surrogate pair.</summary>
    /// <param name="reader">Stands on it.</param>
    public static char ReadChar(ref Utf8JsonReader reader)
        => TextOr(ref reader) is { Length: 1 } text ? text[0]
            : reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out var number) ? (char)number
            : throw Wrong(ref reader, "a text of one character");

    /// <summary>Reads a <see cref="Guid"/>.</summary>
    /// <param name="reader">Stands on it.</param>
    public static Guid ReadGuid(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var value) ? value : throw Wrong(ref reader, "a UUID");

    /// <summary>Reads bytes, written as base64.</summary>
    /// <param name="reader">Stands on them.</param>
    public static byte[] ReadByteArray(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.String && reader.TryGetBytesFromBase64(out var value) ? value : throw Wrong(ref reader, "a text in base64");

    /// <summary>Reads a URI, absolute or relative.</summary>
    /// <param name="reader">Stands on it.</param>
    public static Uri ReadUri(ref Utf8JsonReader reader)
        => Uri.TryCreate(TextOr(ref reader), UriKind.RelativeOrAbsolute, out var value) ? value : throw Wrong(ref reader, "a URI");

    /// <summary>Reads an address.</summary>
    /// <param name="reader">Stands on it.</param>
    public static IPAddress ReadIPAddress(ref Utf8JsonReader reader)
        => IPAddress.TryParse(TextOr(ref reader), out var value) ? value : throw Wrong(ref reader, "an IP address");

    /// <summary>Reads a network.</summary>
    /// <param name="reader">Stands on it.</param>
    public static IPNetwork ReadIPNetwork(ref Utf8JsonReader reader)
        => IPNetwork.TryParse(TextOr(ref reader), out var value) ? value : throw Wrong(ref reader, "an IP network");

    /// <summary>Reads whatever stands here.</summary>
    /// <param name="reader">Stands on its first token.</param>
    public static JsonElement ReadJsonElement(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader);

    /// <inheritdoc cref="ReadJsonElement"/>
    public static JsonDocument ReadJsonDocument(ref Utf8JsonReader reader) => JsonDocument.ParseValue(ref reader);

    /// <summary>Writes a character; half a surrogate pair, of which no text can be made, as its number.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The character.</param>
    public static void Write(Utf8JsonWriter writer, char value)
    {
        if (char.IsSurrogate(value))
        {
            writer.WriteNumberValue((int)value);
        }
        else
        {
            writer.WriteStringValue([value]);
        }
    }

    /// <summary>Writes a URI as it was given.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The URI.</param>
    public static void Write(Utf8JsonWriter writer, Uri value) => writer.WriteStringValue(value.OriginalString);

    /// <summary>Writes an address.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The address.</param>
    public static void Write(Utf8JsonWriter writer, IPAddress value) => writer.WriteStringValue(value.ToString());

    /// <summary>Writes a network.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The network.</param>
    public static void Write(Utf8JsonWriter writer, IPNetwork value) => writer.WriteStringValue(value.ToString());

    /// <summary>Writes a piece of JSON; one that was never set as null.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The piece.</param>
    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }

    /// <summary>Writes a document.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The document.</param>
    public static void Write(Utf8JsonWriter writer, JsonDocument value) => value.WriteTo(writer);

    private static string? TextOr(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.String ? Text(ref reader) : null;

    private static string Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("the text is no valid UTF-8.", exception);
        }
    }
}
