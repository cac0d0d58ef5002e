using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using DualDb.Mapping.Wire;

namespace DualDb.Rpc;

/// <summary>Makes values of what a function returned.</summary>
internal static class FunctionAnswer
{
    /// <summary>A value of a type that columns can have.</summary>
    /// <param name="json">The answer.</param>
    public static T Value<T>(byte[] json)
    {
        var form = WireForm<T>.Instance ?? throw new NotSupportedException(
            $"{typeof(T).Name} is no type that a column can have. Hand RpcAsync a JsonTypeInfo for it, from a JsonSerializerContext of yours.");
        var reader = new Utf8JsonReader(json, DeepJson.Reader);
        reader.Read();
        var cell = JsonCell.Current(ref reader, json, CellUse.AnyText);
        return !cell.IsNull ? form.Read(cell) : default(T) is null ? default! : throw new InvalidCastException("The function returned NULL.");
    }

    /// <summary>A value of a type of the user's.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="type">How it is serialised.</param>
    public static T Document<T>(byte[] json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json, type)!;
}
