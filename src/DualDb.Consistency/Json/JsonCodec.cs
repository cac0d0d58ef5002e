using System.ComponentModel;
using System.Globalization;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <summary>What generated code reads and writes JSON with: one method per kind of value. Generated code knows the members, this class the rules.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class JsonCodec
{
    /// <summary>Reads a whole document and says, where that fails, which value of it is at fault.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="reader">Stands on the first token; afterwards on the last.</param>
    /// <param name="type">The type as messages show it.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="JsonException">The document is none of this type.</exception>
    public static T Read<T>(ref Utf8JsonReader reader, string type, JsonRead<T> read)
    {
        ArgumentNullException.ThrowIfNull(read);

        // A copy is all that finding the place takes: the document is walked a second time, and only where it is at fault.
        var start = reader;
        try
        {
            return read(ref reader);
        }
        catch (JsonException exception)
        {
            var path = JsonPath.At(start, reader.TokenStartIndex);
            throw new JsonException($"'{type}' cannot be read: {path}: {exception.Message}", path, exception.LineNumber, exception.BytePositionInLine, exception);
        }
    }

    /// <summary>The failure of a member that has no value.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="member">The member.</param>
    public static JsonException Missing(string type, string member)
        => new($"'{type}.{member}' is missing, and it is neither nullable nor has it a value by itself.");

    /// <summary>The failure of a member that is null against its type, met while writing: it could not be read again.</summary>
    /// <param name="type">The type that declares it.</param>
    /// <param name="member">The member.</param>
    public static JsonException Null(string type, string member)
        => new($"'{type}.{member}' is null, which its type excludes, so that it could not be read again. Set it, or make it nullable.");

    /// <summary>The failure of a null among the elements of a collection, met while writing.</summary>
    /// <param name="type">The collection.</param>
    public static JsonException NullElement(string type)
        => new($"An element of '{type}' is null, which its type excludes, so that it could not be read again. Leave it out, or make the elements nullable.");

    /// <summary>The failure of a text that names no member of an enum.</summary>
    /// <param name="reader">Stands on the text.</param>
    /// <param name="type">The enum.</param>
    public static JsonException UnknownName(ref Utf8JsonReader reader, string type)
    {
        // The text itself is not told: it may be what an older version kept there, and is anybody's.
        var name = ReadString(ref reader);
        return new(string.Create(CultureInfo.InvariantCulture, $"a text of {name.Length} characters is no member of '{type}'."));
    }

    private static void Advance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new JsonException("the document ends in the middle.");
        }
    }

    private static JsonException Wrong(ref Utf8JsonReader reader, string needed)
        => new($"{needed} is needed, and this is {Shown(reader.TokenType)}.");

    private static string Shown(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
        JsonTokenType.StartArray or JsonTokenType.EndArray => "an array",
        JsonTokenType.String => "some text",
        JsonTokenType.Number => "some number",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
