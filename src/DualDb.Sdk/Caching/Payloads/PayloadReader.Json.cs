using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DualDb.Caching;

// JSON documents.
public ref partial struct PayloadReader
{
    /// <summary>Reads a value from JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="type">How it is serialised.</param>
    /// <exception cref="PayloadException">The payload is damaged, or holds what does not fit the type.</exception>
    public T ReadJson<T>(JsonTypeInfo<T> type)
    {
        var json = ReadSpan();
        try
        {
            return JsonSerializer.Deserialize(json, type) ?? throw new PayloadException("The payload holds the JSON value null where there must be one.");
        }
        catch (Exception exception) when (exception is not (PayloadException or OutOfMemoryException))
        {
            // Converters and constructors of the user's take part, so that it can be any exception.
            throw NotJson(exception);
        }
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public JsonDocument ReadJsonDocument()
    {
        // A document reads from the bytes as long as it lives, and the payload may lie in a rented buffer.
        var json = ReadSpan().ToArray();
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    /// <summary>Reads an element.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public JsonElement ReadJsonElement()
    {
        var json = ReadSpan();
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException exception)
        {
            throw NotJson(exception);
        }
    }

    private static PayloadException NotJson(Exception exception) => new("The payload holds JSON that cannot be read.", exception);
}
