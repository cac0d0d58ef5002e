using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>Writes values into the texts of keys.</summary>
internal static class KeyTextCode
{
    /// <summary>
    /// The statement that adds a value. It is the value that is sent to PostgreSQL: so one that is refused there is refused by a cached repository as well.
    /// </summary>
    public static string Add(ColumnSpec column, string value, string map = "")
    {
        var encoded = ColumnCode.Encode(column, value, map);

        // The encoder of a nullable column answers null for null alone.
        return column is { IsNullable: true } && encoded != value ? $"text.Add({encoded}{(column.IsValueType ? "!.Value" : "!")});" : $"text.Add({encoded});";
    }
}
