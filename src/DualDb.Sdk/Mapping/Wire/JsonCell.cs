using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>One value of a JSON answer: its bytes, and what JSON holds it for.</summary>
/// <param name="raw">The bytes, of a string without its quotes.</param>
/// <param name="token">What it is.</param>
/// <param name="isEscaped">Whether a string holds escapes.</param>
/// <param name="use">What it is to be read as: the text of a document is that document's.</param>
internal readonly ref struct JsonCell(ReadOnlySpan<byte> raw, JsonTokenType token, bool isEscaped, CellUse use = CellUse.Value)
{
    public ReadOnlySpan<byte> Raw { get; } = raw;

    public JsonTokenType Token { get; } = token;

    public CellUse Use { get; } = use;

    public bool IsNull => Token == JsonTokenType.Null;

    private bool IsEscaped { get; } = isEscaped;

    /// <summary>A number, or a text without escapes that stands for something: numbers may come as texts, and what is no number does.</summary>
    /// <exception cref="InvalidCastException">It is neither.</exception>
    public ReadOnlySpan<byte> Word
        => Token switch
        {
            JsonTokenType.Number => Raw,
            JsonTokenType.String => IsEscaped ? Encoding.UTF8.GetBytes(Unescaped()) : Raw,
            _ => throw WrongKind(),
        };

    /// <summary>A text; the JSON of a document, and of what is no text where that will do.</summary>
    /// <exception cref="InvalidCastException">It is no text, or null.</exception>
    /// <exception cref="FormatException">It holds what no text can.</exception>
    public string Text
        => Token switch
        {
            JsonTokenType.String when Use != CellUse.Document => IsEscaped ? Unescaped() : Encoding.UTF8.GetString(Raw),
            JsonTokenType.Null or JsonTokenType.None => throw WrongKind(),
            _ when Use is CellUse.Document or CellUse.AnyText => Json,
            _ => throw WrongKind(),
        };

    /// <summary>The value as JSON.</summary>
    public string Json => Token == JsonTokenType.String ? "\"" + Encoding.UTF8.GetString(Raw) + "\"" : Encoding.UTF8.GetString(Raw);

    /// <summary>A text that stands for something, and did not come as JSON.</summary>
    public static JsonCell OfText(string text) => new(Encoding.UTF8.GetBytes(text), JsonTokenType.String, isEscaped: false);

    /// <summary>The value that a reader stands at; the reader stands at its last token afterwards.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="json">What it reads.</param>
    /// <param name="use">What it is to be read as.</param>
    public static JsonCell Current(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, CellUse use)
    {
        var token = reader.TokenType;
        if (token == JsonTokenType.String)
        {
            return new JsonCell(reader.ValueSpan, token, reader.ValueIsEscaped, use);
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new JsonCell(json[start..(int)reader.BytesConsumed], token, isEscaped: false, use);
    }

    public InvalidCastException WrongKind() => new($"The answer holds JSON of the kind {Token}.");

    private string Unescaped()
    {
        var reader = new Utf8JsonReader((byte[])[(byte)'"', .. Raw, (byte)'"']);
        try
        {
            reader.Read();
            return reader.GetString()!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FormatException("The answer holds a text with half of a surrogate pair, or with an escape that there is none of.", exception);
        }
    }
}
