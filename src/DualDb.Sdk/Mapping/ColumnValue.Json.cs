using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DualDb.Mapping.Wire;

namespace DualDb.Mapping;

// JSON documents. They travel as text, which json and jsonb share.
public static partial class ColumnValue
{
    /// <summary>A value as JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is serialised.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is null, or contains U+0000.</exception>
    public static string Json<T>(T? value, JsonTypeInfo<T> type, string column)
        => value is null ? throw IsNull(column) : RefuseNul(JsonSerializer.Serialize(value, type), column);

    /// <summary>A text that is JSON already. PostgreSQL checks its grammar.</summary>
    /// <param name="value">The text.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is null, or contains U+0000 or half of a surrogate pair.</exception>
    public static string Json(string? value, string column) => RefuseNul(Text(value, column), column);

    /// <summary>A document as JSON.</summary>
    /// <param name="value">The document.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is null, or contains U+0000.</exception>
    public static string Json(JsonDocument? value, string column) => Json((value ?? throw IsNull(column)).RootElement, column);

    /// <summary>An element as JSON.</summary>
    /// <param name="value">The element.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It was never set, or contains U+0000.</exception>
    public static string Json(JsonElement value, string column)
        => value.ValueKind == JsonValueKind.Undefined
            ? throw new ColumnValueException(column, "does not accept null, but the JsonElement was never set", "Set it, or declare it nullable.")
            : RefuseNul(value.GetRawText(), column);

    /// <summary>The value of a JSON text.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="text">The text.</param>
    /// <param name="type">How it is serialised.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">The text is <c>null</c> or does not fit the type.</exception>
    public static T ReadJson<T>(string text, JsonTypeInfo<T> type, string column)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type)
                ?? throw new ColumnValueException(column, "holds the JSON value null, but the member does not accept null", "Correct the row, or declare the member nullable.");
        }
        catch (JsonException exception)
        {
            throw new ColumnValueException(
                column, $"holds JSON that does not fit {typeof(T).Name} at {exception.Path ?? "$"}", "Correct the row, or the serializer context.");
        }
    }

    /// <summary>jsonb refuses U+0000, written as an escape or not; json would accept it and fail at the first operator.</summary>
    private static string RefuseNul(string json, string column)
    {
        for (var at = json.IndexOf(@"\u0000", StringComparison.OrdinalIgnoreCase); at >= 0; at = json.IndexOf(@"\u0000", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            // An even number of backslashes before it means that they escape each other: the text says `\u0000` literally.
            var backslashes = 0;
            while (at - backslashes > 0 && json[at - backslashes - 1] == '\\')
            {
                backslashes++;
            }

            if (backslashes % 2 == 0)
            {
                throw new ColumnValueException(column, "cannot hold the character U+0000 inside JSON", "Remove it; PostgreSQL stores no NUL in text.");
            }
        }

        return json;
    }

    /// <summary>A document that was read as text.</summary>
    /// <param name="text">The text.</param>
    public static JsonDocument ReadJsonDocument(string text) => JsonDocument.Parse(text, DeepJson.Document);

    /// <summary>A value that was read as text.</summary>
    /// <param name="text">The text.</param>
    public static JsonElement ReadJsonElement(string text) => JsonElement.Parse(text, DeepJson.Document);
}
