using System.Net;
using System.Runtime.CompilerServices;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>How PostgreSQL compares values of a type, told in memory.</summary>
internal abstract class WireOrder<T>
{
    /// <summary>The order of values that are not null.</summary>
    /// <exception cref="NotSupportedException">Only PostgreSQL can tell.</exception>
    public abstract int Compare(T left, T right);

    /// <summary>Whether two values that are not null are equal.</summary>
    /// <exception cref="NotSupportedException">Only PostgreSQL can tell.</exception>
    public virtual bool AreEqual(T left, T right) => Compare(left, right) == 0;

    /// <summary>The order of a type; one whose order is not known here answers with an exception when it is asked.</summary>
    public static WireOrder<T> Of(NpgsqlDbType type, string? cast)
        => Unsafe.As<WireOrder<T>>(Find(type, cast)) is { } found ? found : new UnknownOrder<T>(cast ?? type.ToString());

    private static object? Find(NpgsqlDbType type, string? cast)
    {
        if (typeof(T) == typeof(string))
        {
            return TextOrder.For(type, cast);
        }

        if (cast is not null)
        {
            return null;
        }

        return default(T) switch
        {
            float => new FloatOrder(),
            double => new DoubleOrder(),
            DateTime => new DateTimeOrder(),
            DateTimeOffset => new DateTimeOffsetOrder(),
            TimeSpan => new TimeSpanOrder(),
            TimeOnly => new TimeOnlyOrder(),
            bool or short or int or long or decimal or Guid or DateOnly or System.Numerics.BigInteger => new NaturalOrder<T>(),
            _ when typeof(T) == typeof(byte[]) => new BytesOrder(),
            _ when typeof(T) == typeof(IPAddress) => new AddressOrder(),
            _ => null,
        };
    }
}

/// <summary>The types whose .NET order is PostgreSQL's. A Guid's is: both compare its bytes as they are written.</summary>
internal sealed class NaturalOrder<T> : WireOrder<T>
{
    public override int Compare(T left, T right) => Comparer<T>.Default.Compare(left, right);
}

/// <summary>A type that only PostgreSQL can compare.</summary>
internal sealed class UnknownOrder<T>(string type) : WireOrder<T>
{
    public override int Compare(T left, T right)
        => throw new NotSupportedException($"How PostgreSQL compares values of the type {type} cannot be told in memory. Ask the database.");
}
