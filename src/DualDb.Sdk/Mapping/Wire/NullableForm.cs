using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>A value type that may be null; the caller sees to null itself, since NULL is no value of a form.</summary>
internal sealed class NullableForm<T>(WireForm<T> inner) : WireForm<T?>
    where T : struct
{
    public override T? Read(JsonCell cell) => inner.Read(cell);

    public override void Write(Utf8JsonWriter writer, T? value, bool isJson) => inner.Write(writer, value!.Value, isJson);

    public override string TextOf(T? value) => inner.TextOf(value!.Value);
}
