using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace DualDb.IntegrationTests.Repositories.Contract;

/// <summary>Rows as text that differs wherever two rows differ in anything: a type, a scale, a tick, a kind, an offset, a bit.</summary>
internal static class Exact
{
    public static string Row(object row, IEnumerable<PropertyInfo> members)
    {
        var text = new StringBuilder();
        foreach (var member in members)
        {
            text.Append(member.Name).Append(" = ").AppendLine(Value(member.GetValue(row)));
        }

        return text.ToString();
    }

    private static string Value(object? value) => value is null ? "null" : $"{value.GetType()} {Content(value)}";

    private static string Content(object value) => value switch
    {
        string text => text,
        byte[] bytes => Convert.ToHexString(bytes),
        double number => Invariant(BitConverter.DoubleToInt64Bits(number)),
        float number => Invariant(BitConverter.SingleToInt32Bits(number)),
        decimal number => string.Join(',', decimal.GetBits(number)),
        DateTime time => Invariant(time.Ticks) + time.Kind,
        DateTimeOffset time => Invariant(time.Ticks) + time.Offset,
        TimeOnly time => Invariant(time.Ticks),
        TimeSpan time => Invariant(time.Ticks),
        JsonElement element => element.GetRawText(),
        JsonDocument document => document.RootElement.GetRawText(),
        System.Net.IPAddress address => address.ToString(),
        IFormattable other => other.ToString(format: null, CultureInfo.InvariantCulture),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Value)) + "]",
        bool or char => value.ToString()!,
        _ => "{" + Row(value, value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(static member => member.GetIndexParameters().Length == 0)) + "}",
    };

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
