using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>How values of one type look in JSON and in PostgreSQL's texts.</summary>
/// <typeparam name="T">The type that travels.</typeparam>
internal abstract class WireForm<T> : IWireForm
{
    /// <summary>The form of a type, or null where it does not travel.</summary>
    public static WireForm<T>? Instance { get; } = (WireForm<T>?)WireForms.Find(typeof(T));

    public static WireForm<T> Required
        => Instance ?? throw new NotSupportedException($"Values of the type {typeof(T).Name} do not travel over REST. Set DualDbOptions.Supabase.ConnectionString, which reaches the database over SQL.");

    /// <summary>Reads a value that is not null.</summary>
    public abstract T Read(JsonCell cell);

    /// <summary>Writes a value that is not null.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="value">The value.</param>
    /// <param name="isJson">Whether the column holds JSON, so that a text is a document.</param>
    public virtual void Write(Utf8JsonWriter writer, T value, bool isJson) => writer.WriteStringValue(TextOf(value));

    /// <summary>The text that PostgreSQL reads as the value.</summary>
    public abstract string TextOf(T value);

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer, object value) => Write(writer, (T)value, isJson: false);
}

/// <summary>The form of a type that is known only at run time.</summary>
internal interface IWireForm
{
    /// <summary>Writes a value that is not null.</summary>
    void Write(Utf8JsonWriter writer, object value);
}

/// <summary>A form made of functions.</summary>
/// <param name="read">Reads a value.</param>
/// <param name="text">The text of a value.</param>
/// <param name="isBare">Whether the text is JSON as it is: a number, or a document.</param>
internal sealed class TextForm<T>(WireRead<T> read, Func<T, string> text, Func<T, bool, bool>? isBare = null) : WireForm<T>
{
    public override T Read(JsonCell cell) => read(cell);

    public override string TextOf(T value) => text(value);

    public override void Write(Utf8JsonWriter writer, T value, bool isJson)
    {
        if (isBare is not null && isBare(value, isJson))
        {
            var bare = text(value);
            if (value is string)
            {
                DeepJson.Check(bare);
            }

            // The writer's own check goes no deeper than 64 levels.
            writer.WriteRawValue(bare, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(text(value));
        }
    }
}

/// <summary>Reads a value that is not null.</summary>
internal delegate T WireRead<out T>(JsonCell cell);
