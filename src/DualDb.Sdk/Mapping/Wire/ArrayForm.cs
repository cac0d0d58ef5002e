using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>
/// Arrays: JSON arrays in answers, PostgreSQL's notation (<c>{1,NULL,"a \"b\""}</c>) in filters and bodies, where a JSON array of documents would become an
/// array of texts.
/// </summary>
internal sealed class ArrayForm<T>(WireForm<T> item) : WireForm<T[]>
{
    public override T[] Read(JsonCell cell)
    {
        if (cell.Token != JsonTokenType.StartArray)
        {
            throw cell.WrongKind();
        }

        var items = new List<T>();
        var reader = new Utf8JsonReader(cell.Raw, DeepJson.Reader);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Of(JsonCell.Current(ref reader, cell.Raw, cell.Use)));
        }

        return [.. items];
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

    private T Of(JsonCell element)
        => !element.IsNull ? item.Read(element)
            : default(T) is null ? default!
            : throw new InvalidCastException("An element of the list is NULL, but the type it is read into does not accept null.");
}
