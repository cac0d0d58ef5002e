using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>Arrays: JSON arrays in bodies and answers, PostgreSQL's notation in filters.</summary>
internal sealed class ArrayForm<T>(WireForm<T> item) : WireForm<T[]>
{
    public override T[] Read(JsonCell cell)
    {
        if (cell.Token != JsonTokenType.StartArray)
        {
            throw cell.WrongKind();
        }

        var items = new List<T>();
        var reader = new Utf8JsonReader(cell.Raw);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(ReadItem(JsonCells.Current(ref reader, cell.Raw)));
        }

        return [.. items];
    }

    public override void Write(Utf8JsonWriter writer, T[] value, bool isJson)
    {
        writer.WriteStartArray();
        foreach (var element in value)
        {
            if (element is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                item.Write(writer, element, isJson);
            }
        }

        writer.WriteEndArray();
    }

    public override string TextOf(T[] value)
    {
        var text = new StringBuilder("{");
        foreach (var element in value)
        {
            text.Append(text.Length > 1 ? "," : "");
            if (element is null)
            {
                text.Append("NULL");
                continue;
            }

            text.Append('"')
                .Append(item.TextOf(element).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal))
                .Append('"');
        }

        return text.Append('}').ToString();
    }

    private T ReadItem(JsonCell cell)
        => !cell.IsNull ? item.Read(cell)
            : default(T) is null ? default!
            : throw new InvalidCastException("An element of the list is NULL, but the type it is read into does not accept null.");
}
