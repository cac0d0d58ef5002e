using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using DualDb.Consistency.Json;

namespace DualDb.Consistency.Sagas;

/// <summary>Reads one value from JSON.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="reader">Stands on its first token; afterwards on its last.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T SagaRead<out T>(ref Utf8JsonReader reader);

/// <summary>How the input of a saga or the result of a step is written and read; generated code makes it.</summary>
/// <typeparam name="T">The value.</typeparam>
/// <param name="signature">What changes when values written before can no longer be read.</param>
/// <param name="write">Writes a value that is not null.</param>
/// <param name="read">Reads a value that is not null.</param>
/// <param name="acceptsNull">Whether it may be null.</param>
/// <param name="mask">What of it nobody but the application is shown; null for nothing.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SagaCodec<T>(string signature, Action<Utf8JsonWriter, T> write, SagaRead<T> read, bool acceptsNull = false, JsonMask? mask = null)
{
    /// <summary>What changes when values written before can no longer be read.</summary>
    public string Signature { get; } = signature;

    /// <summary>What of it nobody but the application is shown; null for nothing.</summary>
    internal JsonMask? Mask { get; } = mask;

    internal string Encode(T value)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer, JsonLimits.Writing))
        {
            Write(writer, value);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <exception cref="JsonException">The text is not of this type.</exception>
    internal T Decode(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return acceptsNull && reader.TokenType == JsonTokenType.Null ? default! : read(ref reader);
    }

    private void Write(Utf8JsonWriter writer, T value)
    {
        if (value is not null)
        {
            write(writer, value);
        }
        else if (acceptsNull)
        {
            writer.WriteNullValue();
        }
        else
        {
            throw new JsonException("It is null, which its type excludes, so that it could not be read again.");
        }
    }
}
