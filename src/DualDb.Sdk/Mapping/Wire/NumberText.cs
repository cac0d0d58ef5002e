using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace DualDb.Mapping.Wire;

/// <summary>Numbers, and identifiers that are numbers. They may come as JSON numbers or as texts.</summary>
internal static class NumberText
{
    private const int CertainLength = 28;

    /// <summary>A <c>boolean</c>; within an array PostgreSQL writes its first letter.</summary>
    public static bool ReadBoolean(JsonCell cell)
        => cell.Token switch
        {
            System.Text.Json.JsonTokenType.True => true,
            System.Text.Json.JsonTokenType.False => false,
            _ when cell.Word.SequenceEqual("t"u8) || cell.Word.SequenceEqual("true"u8) => true,
            _ when cell.Word.SequenceEqual("f"u8) || cell.Word.SequenceEqual("false"u8) => false,
            _ => throw cell.WrongKind(),
        };

    public static short ReadInt16(JsonCell cell)
        => Utf8Parser.TryParse(cell.Word, out short value, out var read) && read == cell.Word.Length ? value : (short)checked((int)Whole(cell, short.MinValue, short.MaxValue));

    public static int ReadInt32(JsonCell cell)
    {
        var word = cell.Word;
        return Utf8Parser.TryParse(word, out int value, out var read) && read == word.Length ? value : (int)Whole(cell, int.MinValue, int.MaxValue);
    }

    public static long ReadInt64(JsonCell cell)
    {
        var word = cell.Word;
        return Utf8Parser.TryParse(word, out long value, out var read) && read == word.Length ? value : (long)Whole(cell, long.MinValue, long.MaxValue);
    }

    public static decimal ReadDecimal(JsonCell cell)
    {
        var word = cell.Word;
        if ((Utf8Parser.TryParse(word, out decimal value, out var read) && read == word.Length) || decimal.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            return cell.Use == CellUse.Rounded || IsExact(word, value) ? value : throw new OverflowException($"{Encoding.UTF8.GetString(word)} has more digits than a decimal.");
        }

        throw double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? new OverflowException($"{Encoding.UTF8.GetString(word)} is no decimal.") : NotNumber(cell);
    }

    /// <summary>One text for numbers that are equal: 1.0 and 1.00 are 1.</summary>
    public static string Canonical(string number)
    {
        var text = number.Contains('.', StringComparison.Ordinal) && !number.AsSpan().ContainsAny('e', 'E') ? number.TrimEnd('0').TrimEnd('.') : number;
        return text is "-0" ? "0" : text;
    }

    public static BigInteger ReadBigInteger(JsonCell cell)
        => BigInteger.TryParse(Encoding.UTF8.GetString(cell.Word), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw NotNumber(cell);

    public static float ReadSingle(JsonCell cell)
        => !float.TryParse(cell.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? throw NotNumber(cell)
            : float.IsInfinity(value) && IsFinite(cell.Word) ? throw new OverflowException($"{Encoding.UTF8.GetString(cell.Word)} is no float.")
            : value;

    public static double ReadDouble(JsonCell cell)
        => !double.TryParse(cell.Word, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? throw NotNumber(cell)
            : double.IsInfinity(value) && IsFinite(cell.Word) ? throw new OverflowException($"{Encoding.UTF8.GetString(cell.Word)} is no double.")
            : value;

    public static Guid ReadGuid(JsonCell cell)
    {
        var word = cell.Word;
        return Utf8Parser.TryParse(word, out Guid value, out var read, 'D') && read == word.Length ? value : throw new FormatException("The answer holds no uuid.");
    }

    /// <summary>PostgreSQL spells the infinities out, as .NET does; the shortest text that reads back is .NET's default.</summary>
    public static string Of(float value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(double value) => value.ToString(CultureInfo.InvariantCulture);

    // Parsing leaves out the digits that a decimal has no room for, where Npgsql refuses the number. All usual ones are short enough to be whole.
    private static bool IsExact(ReadOnlySpan<byte> word, decimal value)
    {
        var exponent = word.IndexOfAny((byte)'e', (byte)'E');
        if (exponent < 0 && word.Length <= CertainLength)
        {
            return true;
        }

        var digits = exponent < 0 ? word : word[..exponent];
        var shift = 0;
        if (exponent >= 0 && !int.TryParse(word[(exponent + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out shift))
        {
            return false;
        }

        var point = digits.IndexOf((byte)'.');
        var fraction = (point < 0 ? default : digits[(point + 1)..]).TrimEnd((byte)'0');
        return value.Scale >= fraction.Length - shift;
    }

    // Parsing makes infinities of numbers that are too large: those that are meant are spelt out.
    private static bool IsFinite(ReadOnlySpan<byte> number) => number.ContainsAnyInRange((byte)'0', (byte)'9');

    // A number that is not written as a whole one may be one all the same: 1e3, 12.0.
    private static decimal Whole(JsonCell cell, decimal least, decimal most)
    {
        var value = ReadDecimal(cell);
        return value >= least && value <= most && decimal.IsInteger(value) ? value : throw new OverflowException($"{Encoding.UTF8.GetString(cell.Word)} is no whole number from {least} to {most}.");
    }

    private static InvalidCastException NotNumber(JsonCell cell) => new($"The answer holds JSON of the kind {cell.Token}, which is no number.");
}
