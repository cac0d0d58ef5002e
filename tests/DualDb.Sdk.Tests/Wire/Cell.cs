using System.Text;
using System.Text.Json;
using DualDb.Mapping.Wire;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Single values as they travel.</summary>
internal static class Cell
{
    /// <summary>Reads a value from JSON.</summary>
    public static T Read<T>(string json, bool isDocument = false)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        var reader = new Utf8JsonReader(bytes, DeepJson.Reader);
        reader.Read();
        return WireForm<T>.Required.Read(JsonCell.Current(ref reader, bytes, isDocument ? CellUse.Document : CellUse.Value));
    }

    /// <summary>Reads a value from a JSON string that holds a text.</summary>
    public static T ReadText<T>(string text) => Read<T>(JsonSerializer.Serialize(text));

    /// <summary>The text of a value in filters.</summary>
    public static string TextOf<T>(T value) => WireForm<T>.Required.TextOf(value);

    /// <summary>A value in a body.</summary>
    public static string Write<T>(T value, bool isJson = false)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            WireForm<T>.Required.Write(writer, value, isJson);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
