using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>
/// Rows as text in which two values are the same exactly where PostgreSQL keeps them apart: an instant whatever its offset, a number
/// whatever its scale, but minus zero and zero, null and empty, text and its look-alike apart.
/// </summary>
internal static class Canonical
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.Default };

    public static string Row(object row, IEnumerable<PropertyInfo> members)
    {
        var text = new StringBuilder();
        foreach (var member in members)
        {
            text.Append(member.Name).Append(" = ").AppendLine(Value(member.GetValue(row)));
        }

        return text.ToString();
    }

    public static string Rows(IEnumerable<object> rows, IReadOnlyList<PropertyInfo> members)
        => string.Join("--" + Environment.NewLine, rows.Select(row => Row(row, members)));

    public static string Value(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text, Json),
        char letter => JsonSerializer.Serialize(letter.ToString(), Json),
        byte[] bytes => "0x" + Convert.ToHexString(bytes),
        double number => double.IsNaN(number) ? "NaN" : Invariant($"{number:R} ({BitConverter.DoubleToInt64Bits(number):x})"),
        float number => float.IsNaN(number) ? "NaN" : Invariant($"{number:R} ({BitConverter.SingleToInt32Bits(number):x})"),
        decimal number => Scaleless(number),
        DateTime time => Invariant($"{Microseconds(time):yyyy-MM-dd HH:mm:ss.ffffff} {time.Kind}"),
        DateTimeOffset time => Invariant($"{Microseconds(time.UtcDateTime):yyyy-MM-dd HH:mm:ss.ffffff} instant"),
        JsonDocument document => Document(document.RootElement),
        JsonElement element => Document(element),
        Enum or Guid or DateOnly or TimeOnly or TimeSpan or bool => Invariant($"{value}"),
        IFormattable number when value.GetType().IsPrimitive || number is System.Numerics.BigInteger => number.ToString(null, CultureInfo.InvariantCulture),
        IDictionary or IEnumerable => List(((IEnumerable)value).Cast<object?>()),
        _ when value.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(NpgsqlTypes.NpgsqlRange<>) => Range(value),
        _ when value.GetType().Namespace is "System.Net" => value.ToString()!,
        _ => Document(JsonSerializer.SerializeToElement(value, Json)),
    };

    private static string List(IEnumerable<object?> values) => "[" + string.Join(", ", values.Select(Value)) + "]";

    /// <summary>The ends of the type are PostgreSQL's infinities, and stay what they are.</summary>
    private static DateTime Microseconds(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private static string Scaleless(decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    private static string Document(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(
            ", ",
            element.EnumerateObject()
                .OrderBy(static member => member.Name, StringComparer.Ordinal)
                .Select(static member => $"{Value(member.Name)}: {Document(member.Value)}")) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", element.EnumerateArray().Select(Document)) + "]",
        JsonValueKind.String => Value(element.GetString()),
        _ => element.GetRawText(),
    };

    private static string Range(object range)
    {
        object? Part(string name) => range.GetType().GetProperty(name)!.GetValue(range);
        if (Part("IsEmpty") is true)
        {
            return "empty";
        }

        var lower = Part("LowerBoundInfinite") is true ? "(" : (Part("LowerBoundIsInclusive") is true ? "[" : "(") + Value(Part("LowerBound"));
        var upper = Part("UpperBoundInfinite") is true ? ")" : Value(Part("UpperBound")) + (Part("UpperBoundIsInclusive") is true ? "]" : ")");
        return $"{lower}, {upper}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
