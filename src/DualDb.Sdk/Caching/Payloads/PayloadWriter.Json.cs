using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace DualDb.Caching;

// JSON documents, as the text that would be written to the database.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a value as JSON.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="type">How it is serialised.</param>
    public void WriteJson<T>(T value, JsonTypeInfo<T> type) => WriteBytes(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Writes a value as JSON, or that there is none.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value, or null.</param>
    /// <param name="type">How it is serialised.</param>
    public void WriteJsonOrNull<T>(T? value, JsonTypeInfo<T> type)
        where T : class
    {
        if (!WriteIsNull(value is null))
        {
            WriteJson(value!, type);
        }
    }

    /// <inheritdoc cref="WriteJsonOrNull{T}(T, JsonTypeInfo{T})"/>
    public void WriteJsonOrNull<T>(T? value, JsonTypeInfo<T> type)
        where T : struct
    {
        if (!WriteIsNull(value is null))
        {
            WriteJson(value!.Value, type);
        }
    }

    /// <summary>Writes a document.</summary>
    /// <param name="value">The document.</param>
    public void Write(JsonDocument value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Write(value.RootElement);
    }

    /// <summary>Writes an element, character by character as it was read.</summary>
    /// <param name="value">The element.</param>
    public void Write(JsonElement value) => WriteBytes(JsonMarshal.GetRawUtf8Value(value));
}
