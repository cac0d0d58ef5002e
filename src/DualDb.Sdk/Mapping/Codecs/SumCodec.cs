using System.Numerics;
using NpgsqlTypes;

namespace DualDb.Mapping;

/// <summary>Sums: PostgreSQL gives them a wider type than the column's, so that they do not overflow; here they must fit the column's type again.</summary>
internal static class SumCodec
{
    public static ColumnCodec<T> Of<T>(ColumnCodec<T> column)
        where T : struct, INumber<T>
        => Of<T>(column.Type);

    public static ColumnCodec<T> Of<T>(NpgsqlDbType type)
        where T : struct, INumber<T>
        => type switch
        {
            NpgsqlDbType.Smallint or NpgsqlDbType.Integer => Through<T, long>(NpgsqlDbType.Bigint),
            NpgsqlDbType.Real => Through<T, float>(NpgsqlDbType.Real),
            NpgsqlDbType.Double => Through<T, double>(NpgsqlDbType.Double),
            _ when typeof(T) == typeof(BigInteger) => Through<T, BigInteger>(NpgsqlDbType.Numeric),
            _ => Through<T, decimal>(NpgsqlDbType.Numeric),
        };

    private static ColumnCodec<T> Through<T, TWire>(NpgsqlDbType type)
        where T : struct, INumber<T>
        where TWire : struct, INumber<TWire>
        => ColumnCodec.Of<T, TWire>(type, TWire.CreateChecked, T.CreateChecked);
}
