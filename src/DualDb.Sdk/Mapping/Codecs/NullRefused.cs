using Npgsql;

namespace DualDb.Mapping;

/// <summary>A NULL where the .NET type has no place for it.</summary>
internal static class NullRefused
{
    public static ColumnValueException Exception(ResultRow row, int ordinal)
        => new(row.GetName(ordinal), "is NULL, but the type it is read into does not accept null", "Select a nullable type, or leave such rows out.");
}
