using System.Text;
using System.Text.Json;

namespace DualDb.Mapping.Wire;

/// <summary>Arrays in PostgreSQL's notation: <c>{1,NULL,"a \"b\""}</c>. In JSON, too: how NULL and JSON within are written there differs between servers.</summary>
internal sealed class ArrayForm<T>(WireForm<T> item) : WireForm<T[]>
{
    public override T[] Read(JsonCell cell)
    {
        if (cell.Token != JsonTokenType.String)
        {
            throw cell.WrongKind();
        }

        var items = new List<T>();
        var literal = new ArrayLiteral(cell.Text);
        while (literal.MoveNext())
        {
            items.Add(Of(literal.Current));
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

    private T Of(string? element)
        => element is not null ? item.Read(JsonCell.OfText(element))
            : default(T) is null ? default!
            : throw new InvalidCastException("An element of the list is NULL, but the type it is read into does not accept null.");
}
