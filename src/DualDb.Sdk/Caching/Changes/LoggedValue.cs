using System.Globalization;
using System.Text.Json;

namespace DualDb.Caching;

/// <summary>Reads what the change log holds of a column as the text that keys are made of.</summary>
internal static class LoggedValue
{
    /// <summary>Adds a value.</summary>
    /// <returns>Whether the text is known for its type; of others nobody can say which entry is meant.</returns>
    public static bool TryAdd(ref KeyText text, JsonElement value, string postgresType)
    {
        var length = postgresType.IndexOf('(', StringComparison.Ordinal);
        switch (length < 0 ? postgresType : postgresType[..length])
        {
            case "smallint" or "integer" or "bigint" when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number):
                text.Add(number);
                return true;

            case "numeric" when value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number):
                text.Add(number);
                return true;

            case "boolean" when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                text.Add(value.GetBoolean());
                return true;

            case "uuid" when value.ValueKind == JsonValueKind.String && value.TryGetGuid(out var id):
                text.Add(id);
                return true;

            case "text" or "varchar" when value.ValueKind == JsonValueKind.String:
                text.Add(value.GetString()!);
                return true;

            case "date" when value.ValueKind == JsonValueKind.String
                && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day):
                text.Add(day);
                return true;

            default:
                return false;
        }
    }
}
