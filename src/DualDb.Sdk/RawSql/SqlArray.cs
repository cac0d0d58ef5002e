using System.Collections;

namespace DualDb.RawSql;

/// <summary>Turns a list into the array that travels as one parameter.</summary>
internal static class SqlArray
{
    /// <summary>The array to send.</summary>
    /// <param name="list">The list of the hole.</param>
    /// <param name="expression">The hole's text, for messages.</param>
    /// <exception cref="ArgumentException">PostgreSQL cannot take an element.</exception>
    public static object Convert(IEnumerable list, string? expression)
        => list switch
        {
            // Arrays of value types convert into each other at run time (int[] is uint[], an enum's array is an int[]), so that only
            // the element type tells them apart.
            Array { Rank: > 1 } => list,
            Array array when array.GetType().GetElementType() is { } element && !NeedsConversion(element) => array,
            _ => Gather(list, expression),
        };

    private static bool NeedsConversion(Type element)
    {
        var type = Nullable.GetUnderlyingType(element) ?? element;
        return type.IsEnum || !Copiers.ContainsKey(type) || type == typeof(string) || type == typeof(DateTime) || type == typeof(DateTimeOffset);
    }

    /// <summary>Converts element by element; the first one that is not null decides the type. What is no list of plain values is Npgsql's business.</summary>
    private static object Gather(IEnumerable list, string? expression)
    {
        var values = new List<object?>();
        foreach (var element in list)
        {
            values.Add(SqlValue.Convert(element, expression));
        }

        var sample = values.Find(value => value is not null);
        if (sample is null)
        {
            return EmptyOrNulls(list, values.Count);
        }

        return Copiers.TryGetValue(sample.GetType(), out var copier)
            ? copier.Copy(values)
            : list;
    }

    /// <summary>No element tells the type here, but an array's own type may; text serves for the rest, since it carries no value.</summary>
    private static Array EmptyOrNulls(IEnumerable list, int count)
    {
        var element = ElementType(list.GetType());
        var wanted = element is null ? typeof(string) : Nullable.GetUnderlyingType(element) ?? element;
        var stored = wanted.IsEnum ? Enum.GetUnderlyingType(wanted) : wanted;
        return (Copiers.GetValueOrDefault(Widened(stored)) ?? Copiers[typeof(string)]).Copy(new object?[count]);
    }

    private static Type? ElementType(Type list)
        => list.IsArray ? list.GetElementType()
            : list.IsGenericType && list.GetGenericArguments() is [var argument] ? argument
            : null;

    private static Type Widened(Type type)
        => Type.GetTypeCode(type) switch
        {
            TypeCode.SByte or TypeCode.Byte => typeof(short),
            TypeCode.UInt16 => typeof(int),
            TypeCode.UInt32 => typeof(long),
            TypeCode.UInt64 => typeof(decimal),
            _ => type,
        };

    /// <summary>The element types that PostgreSQL has arrays of, spelled out so that no array type is made at run time.</summary>
    private static readonly Dictionary<Type, ICopier> Copiers = new()
    {
        [typeof(bool)] = new ValueCopier<bool>(),
        [typeof(short)] = new ValueCopier<short>(),
        [typeof(int)] = new ValueCopier<int>(),
        [typeof(long)] = new ValueCopier<long>(),
        [typeof(float)] = new ValueCopier<float>(),
        [typeof(double)] = new ValueCopier<double>(),
        [typeof(decimal)] = new ValueCopier<decimal>(),
        [typeof(Guid)] = new ValueCopier<Guid>(),
        [typeof(DateTime)] = new ValueCopier<DateTime>(),
        [typeof(DateTimeOffset)] = new ValueCopier<DateTimeOffset>(),
        [typeof(DateOnly)] = new ValueCopier<DateOnly>(),
        [typeof(TimeOnly)] = new ValueCopier<TimeOnly>(),
        [typeof(TimeSpan)] = new ValueCopier<TimeSpan>(),
        [typeof(string)] = new ReferenceCopier<string>(),
        [typeof(byte[])] = new ReferenceCopier<byte[]>(),
    };

    private interface ICopier
    {
        Array Copy(IReadOnlyList<object?> values);
    }

    private sealed class ValueCopier<T> : ICopier
        where T : struct
    {
        public Array Copy(IReadOnlyList<object?> values)
            => values.Contains(null) ? values.Select(value => (T?)value).ToArray() : values.Select(value => (T)value!).ToArray();
    }

    private sealed class ReferenceCopier<T> : ICopier
        where T : class
    {
        public Array Copy(IReadOnlyList<object?> values) => values.Select(value => (T?)value).ToArray();
    }
}
