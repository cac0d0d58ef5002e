using System.Globalization;
using System.Numerics;

namespace DualDb.Mapping;

// Numbers in columns narrower than their members.
public static partial class ColumnValue
{
    /// <summary>A number for <c>smallint</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is out of range.</exception>
    public static short Smallint(long value, string column)
        => value is >= short.MinValue and <= short.MaxValue ? (short)value : throw OutOfRange(value, column, "smallint", short.MinValue, short.MaxValue);

    /// <inheritdoc cref="Smallint(long, string)"/>
    public static short Smallint(ulong value, string column)
        => value <= (ulong)short.MaxValue ? (short)value : throw OutOfRange(value, column, "smallint", short.MinValue, short.MaxValue);

    /// <summary>A number for <c>integer</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is out of range.</exception>
    public static int Integer(long value, string column)
        => value is >= int.MinValue and <= int.MaxValue ? (int)value : throw OutOfRange(value, column, "integer", int.MinValue, int.MaxValue);

    /// <inheritdoc cref="Integer(long, string)"/>
    public static int Integer(ulong value, string column)
        => value <= int.MaxValue ? (int)value : throw OutOfRange(value, column, "integer", int.MinValue, int.MaxValue);

    /// <summary>A number for <c>bigint</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is out of range.</exception>
    public static long Bigint(ulong value, string column)
        => value <= long.MaxValue ? (long)value : throw OutOfRange(value, column, "bigint", long.MinValue, long.MaxValue);

    /// <summary>A number for <c>real</c>.</summary>
    /// <param name="value">The number; precision beyond that of <see cref="float"/> is lost.</param>
    /// <param name="column">The column.</param>
    /// <exception cref="ColumnValueException">It is finite and out of range.</exception>
    public static float Real(double value, string column)
        => double.IsFinite(value) && float.IsInfinity((float)value)
            ? throw OutOfRange(value, column, "real", float.MinValue, float.MaxValue)
            : (float)value;

    /// <summary>A number for <c>numeric(p,s)</c>. PostgreSQL rounds the digits beyond the scale; too many before the point are refused.</summary>
    /// <param name="value">The number.</param>
    /// <param name="column">The column.</param>
    /// <param name="precision">All digits.</param>
    /// <param name="scale">The digits behind the point; negative rounds before it.</param>
    /// <exception cref="ColumnValueException">It has more digits before the point than the column.</exception>
    public static decimal Numeric(decimal value, string column, int precision, int scale)
    {
        // Only rounding to a scale that a decimal can have changes anything; the rest is compared as a whole number.
        var rounded = scale is >= 0 and <= 28 ? decimal.Round(value, scale, MidpointRounding.AwayFromZero) : value;
        Numeric(new BigInteger(decimal.Truncate(rounded)), column, precision, scale);
        return scale < precision || rounded == 0 || Math.Abs(rounded) < Fraction(scale - precision)
            ? value
            : throw TooManyDigits(value, column, precision, scale);
    }

    /// <summary>A whole number for <c>numeric(p,s)</c>.</summary>
    /// <param name="value">The number.</param>
    /// <param name="column">The column.</param>
    /// <param name="precision">All digits.</param>
    /// <param name="scale">The digits behind the point; negative rounds before it.</param>
    /// <exception cref="ColumnValueException">It has more digits before the point than the column.</exception>
    public static BigInteger Numeric(BigInteger value, string column, int precision, int scale)
        => value.IsZero || BigInteger.Abs(Rounded(value, scale)) < BigInteger.Pow(10, Math.Max(precision - scale, 0))
            ? value
            : throw TooManyDigits(value, column, precision, scale);

    // With a negative scale PostgreSQL rounds before the point, half away from zero.
    private static BigInteger Rounded(BigInteger value, int scale)
    {
        if (scale >= 0)
        {
            return value;
        }

        var unit = BigInteger.Pow(10, -scale);
        return (value + (value.Sign * unit / 2)) / unit * unit;
    }

    // numeric(2,4) holds less than 0.01.
    private static decimal Fraction(int leadingZeros)
    {
        var limit = 1m;
        for (var i = 0; i < leadingZeros && limit > 0; i++)
        {
            limit /= 10;
        }

        return limit;
    }

    private static ColumnValueException TooManyDigits(IFormattable value, string column, int precision, int scale)
        => new(
            column,
            string.Create(CultureInfo.InvariantCulture, $"is a numeric({precision},{scale}), but the value {value} has too many digits before the point"),
            "Correct the value, or widen the column.");

    private static ColumnValueException OutOfRange(IFormattable value, string column, string type, IFormattable least, IFormattable most)
        => new(
            column,
            string.Create(CultureInfo.InvariantCulture, $"is a {type} ({least} to {most}), but the value is {value}"),
            "Correct the value, or widen the column.");
}
