using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DualDb.Mapping;

/// <summary>
/// JSON as <c>jsonb</c> writes it: short names first, then in the order of their bytes, a blank after colon and comma, numbers without exponent.
/// </summary>
internal static class JsonText
{
    /// <summary>What <c>#&gt;&gt;</c> tells of a value: a string without its quotes; null of JSON's <c>null</c>.</summary>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => Written(value),
    };

    private static string Written(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(text, value);
                break;

            case JsonValueKind.Array:
                WriteAll(text, '[', ']', value.EnumerateArray(), Write);
                break;

            case JsonValueKind.String:
                WriteString(text, value.GetString()!);
                break;

            case JsonValueKind.Number:
                text.Append(Number(value.GetRawText()));
                break;

            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void WriteObject(StringBuilder text, JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        var ordered = members.OrderBy(static member => Encoding.UTF8.GetByteCount(member.Key)).ThenBy(static member => member.Key, Comparer<string>.Create(TextOrder.CodePoints));
        WriteAll(text, '{', '}', ordered, static (text, member) =>
        {
            WriteString(text, member.Key);
            text.Append(": ");
            Write(text, member.Value);
        });
    }

    private static void WriteAll<T>(StringBuilder text, char open, char close, IEnumerable<T> items, Action<StringBuilder, T> write)
    {
        text.Append(open);
        var separator = "";
        foreach (var item in items)
        {
            write(text.Append(separator), item);
            separator = ", ";
        }

        text.Append(close);
    }

    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        text.Append('"');
    }

    // 1.50e1 is 15.0: the digits behind the point are kept, also zeros.
    private static string Number(string raw)
    {
        var e = raw.AsSpan().IndexOfAny('e', 'E');
        var exponent = e < 0 ? 0 : int.Parse(raw.AsSpan(e + 1), CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? raw : raw[..e];
        var isNegative = mantissa[0] == '-';
        var digits = isNegative ? mantissa[1..] : mantissa;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = (point < 0 ? 0 : digits.Length - point - 1) - exponent;
        digits = point < 0 ? digits : digits.Remove(point, 1);
        if (scale < 0)
        {
            (digits, scale) = (digits + new string('0', -scale), 0);
        }

        var whole = digits.Length > scale ? digits[..^scale].TrimStart('0') : "";
        var fraction = digits.PadLeft(scale, '0')[^scale..];
        var text = (whole.Length == 0 ? "0" : whole) + (scale == 0 ? "" : "." + fraction);
        return isNegative && text.AsSpan().IndexOfAnyInRange('1', '9') >= 0 ? "-" + text : text;
    }
}
