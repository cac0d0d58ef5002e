using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <content>Objects, arrays and their parts.</content>
public static partial class JsonCodec
{
    /// <summary>Makes sure that an object begins here.</summary>
    /// <param name="reader">Stands on the first token of the value.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static void BeginObject(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(ref reader, "an object");
        }
    }

    /// <summary>Moves on to the name of the next member; false at the end of the object.</summary>
    /// <param name="reader">Stands on the beginning of the object or the last token of a member.</param>
    public static bool NextMember(ref Utf8JsonReader reader)
    {
        Advance(ref reader);
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Moves on to the value of a member if it has that name.</summary>
    /// <param name="reader">Stands on the name of a member.</param>
    /// <param name="name">The name.</param>
    public static bool IsMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueTextEquals(name))
        {
            return false;
        }

        Advance(ref reader);
        return true;
    }

    /// <summary>The name of a member of a dictionary; moves on to its value.</summary>
    /// <param name="reader">Stands on the name of a member.</param>
    public static string ReadKey(ref Utf8JsonReader reader)
    {
        var key = Text(ref reader);
        Advance(ref reader);
        return key;
    }

    /// <summary>Passes over a member.</summary>
    /// <param name="reader">Stands on its name; afterwards on its last token.</param>
    public static void SkipMember(ref Utf8JsonReader reader)
    {
        if (!reader.TrySkip())
        {
            throw new JsonException("the document ends in the middle.");
        }
    }

    /// <summary>Makes sure that an array begins here.</summary>
    /// <param name="reader">Stands on the first token of the value.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static void BeginArray(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong(ref reader, "an array");
        }
    }

    /// <summary>Moves on to the next element; false at the end of the array.</summary>
    /// <param name="reader">Stands on the beginning of the array or the last token of an element.</param>
    public static bool NextElement(ref Utf8JsonReader reader)
    {
        Advance(ref reader);
        return reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Whether the value is null.</summary>
    /// <param name="reader">Stands on the first token of the value.</param>
    public static bool IsNull(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null;
}
