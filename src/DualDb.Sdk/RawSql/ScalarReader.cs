using System.Globalization;
using Npgsql;

namespace DualDb.RawSql;

/// <summary>Reads the first column of a row as a plain value.</summary>
internal static class ScalarReader
{
    private static readonly HashSet<Type> Scalars =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
    ];

    /// <summary>Whether a row of this type is one plain value.</summary>
    public static bool Reads(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive || plain.IsEnum || plain.IsArray || Scalars.Contains(plain);
    }

    /// <summary>The value; the type's default for NULL where it accepts null.</summary>
    /// <exception cref="RowMappingException">The column is NULL and the type accepts no null, or the column holds another type.</exception>
    public static T Read<T>(NpgsqlDataReader row)
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        if (row.IsDBNull(0))
        {
            return default(T) is null ? default! : throw Mismatch("is NULL", $"Read it as {type.Name}?, or exclude NULL in the statement");
        }

        try
        {
            return type.IsEnum ? (T)ReadEnum(type, row) : row.GetFieldValue<T>(0);
        }
        catch (Exception exception) when (exception is InvalidCastException or OverflowException or ArgumentException)
        {
            throw Mismatch($"has the type {row.GetDataTypeName(0)}", $"{type.Name} cannot hold it: read it as another type, or cast it in the statement", exception);
        }
    }

    private static object ReadEnum(Type type, NpgsqlDataReader row)
        => row.GetFieldType(0) == typeof(string)
            ? Enum.Parse(type, row.GetString(0), ignoreCase: true)
            : Enum.ToObject(type, Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture));

    private static RowMappingException Mismatch(string found, string nextStep, Exception? cause = null)
        => new($"The first column of the answer {found}. {nextStep}.", cause);
}
