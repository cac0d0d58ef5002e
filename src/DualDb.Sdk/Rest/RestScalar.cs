using System.Text.Json;
using DualDb.Mapping;
using DualDb.Mapping.Wire;

namespace DualDb.Rest;

/// <summary>One value as the row of an answer, for what SQL answers with a row and REST with a header.</summary>
internal static class RestScalar
{
    private static readonly RowShape Shape = new([new("c0")]);

    public static ResultRow RowOf(long value) => RowOf(writer => writer.WriteNumber("c0", value));

    public static ResultRow RowOf(string value) => RowOf(writer => writer.WriteString("c0", value));

    private static ResultRow RowOf(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        var json = stream.ToArray();
        var row = new JsonRow(Shape);
        row.TryTake(json, 0, json.Length, out _);
        return new ResultRow(row);
    }
}
