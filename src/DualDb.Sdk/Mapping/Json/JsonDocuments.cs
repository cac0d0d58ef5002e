using System.Globalization;
using System.Text.Json;

namespace DualDb.Mapping;

/// <summary>
/// <c>jsonb</c> as PostgreSQL compares it: of a name that occurs twice the last value counts, the order of names does not, and numbers are
/// compared by value.
/// </summary>
internal static class JsonDocuments
{
    public static bool AreEqual(string left, string right)
    {
        using var these = JsonDocument.Parse(left);
        using var those = JsonDocument.Parse(right);
        return AreEqual(these.RootElement, those.RootElement);
    }

    /// <summary>Whether <paramref name="container"/> contains <paramref name="contained"/>, as the operator <c>@&gt;</c> tells it.</summary>
    public static bool Contains(JsonElement container, JsonElement contained)
        => container.ValueKind == JsonValueKind.Array && IsScalar(contained)
            ? container.EnumerateArray().Any(item => AreEqual(item, contained)) // The exception that PostgreSQL makes for a scalar at the top.
            : ContainsNested(container, contained);

    public static bool AreEqual(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        return left.ValueKind switch
        {
            JsonValueKind.Object => AreEqual(Members(left), Members(right)),
            JsonValueKind.Array => left.GetArrayLength() == right.GetArrayLength() && left.EnumerateArray().Zip(right.EnumerateArray()).All(static pair => AreEqual(pair.First, pair.Second)),
            JsonValueKind.String => string.Equals(left.GetString(), right.GetString(), StringComparison.Ordinal),
            JsonValueKind.Number => Number(left) == Number(right),
            _ => true,
        };
    }

    /// <summary>A number as digits and an exponent of ten, without zeros at the end: equal numbers are equal, whatever their size.</summary>
    public static (bool IsNegative, string Digits, long Exponent) Number(JsonElement number)
    {
        var text = number.GetRawText();
        var (mantissa, exponent) = (text, 0L);
        var e = text.AsSpan().IndexOfAny('e', 'E');
        if (e >= 0)
        {
            (mantissa, exponent) = (text[..e], long.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture));
        }

        var isNegative = mantissa[0] == '-';
        var digits = isNegative ? mantissa[1..] : mantissa;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        var significant = digits.TrimStart('0').TrimEnd('0');
        exponent += digits.Length - digits.TrimEnd('0').Length;
        return significant.Length == 0 ? (false, "", 0) : (isNegative, significant, exponent);
    }

    private static bool ContainsNested(JsonElement container, JsonElement contained)
    {
        if (container.ValueKind != contained.ValueKind)
        {
            return false;
        }

        if (contained.ValueKind == JsonValueKind.Object)
        {
            var members = Members(container);
            return Members(contained).All(member => members.TryGetValue(member.Key, out var value) && ContainsNested(value, member.Value));
        }

        return contained.ValueKind == JsonValueKind.Array
            ? contained.EnumerateArray().All(wanted => container.EnumerateArray().Any(item => ContainsNested(item, wanted)))
            : AreEqual(container, contained);
    }

    private static bool AreEqual(Dictionary<string, JsonElement> left, Dictionary<string, JsonElement> right)
        => left.Count == right.Count && left.All(member => right.TryGetValue(member.Key, out var value) && AreEqual(member.Value, value));

    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        return members;
    }

    private static bool IsScalar(JsonElement value) => value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array);
}
