using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace DualDb.Consistency.Json;

/// <content>Numbers.</content>
public static partial class JsonCodec
{
    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static sbyte ReadSByte(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetSByte(out var value) ? value : throw Wrong(ref reader, WholeNumber(sbyte.MinValue, sbyte.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static byte ReadByte(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetByte(out var value) ? value : throw Wrong(ref reader, WholeNumber(byte.MinValue, byte.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static short ReadInt16(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetInt16(out var value) ? value : throw Wrong(ref reader, WholeNumber(short.MinValue, short.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static ushort ReadUInt16(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt16(out var value) ? value : throw Wrong(ref reader, WholeNumber(ushort.MinValue, ushort.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static int ReadInt32(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value) ? value : throw Wrong(ref reader, WholeNumber(int.MinValue, int.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static uint ReadUInt32(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var value) ? value : throw Wrong(ref reader, WholeNumber(uint.MinValue, uint.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static long ReadInt64(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw Wrong(ref reader, WholeNumber(long.MinValue, long.MaxValue));

    /// <summary>Reads a whole number.</summary>
    /// <param name="reader">Stands on it.</param>
    public static ulong ReadUInt64(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetUInt64(out var value) ? value : throw Wrong(ref reader, WholeNumber(ulong.MinValue, ulong.MaxValue));

    /// <summary>Reads a number with decimal places.</summary>
    /// <param name="reader">Stands on it.</param>
    public static decimal ReadDecimal(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var value) ? value : throw Wrong(ref reader, "a number of at most 28 digits");

    /// <summary>Reads a number, or one of the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    /// <param name="reader">Stands on it.</param>
    public static double ReadDouble(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value) ? value
            : ReadSpecial(ref reader) ?? throw Wrong(ref reader, "a number of at most 1.8E308");

    /// <summary>Reads a number, or one of the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.</summary>
    /// <param name="reader">Stands on it.</param>
    public static float ReadSingle(ref Utf8JsonReader reader)
        => reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out var value) && float.IsFinite(value) ? value
            : (float?)ReadSpecial(ref reader) ?? throw Wrong(ref reader, "a number of at most 3.4E38");

    /// <summary>Reads a whole number of any size from its text.</summary>
    /// <param name="reader">Stands on it.</param>
    public static BigInteger ReadBigInteger(ref Utf8JsonReader reader)
        => BigInteger.TryParse(TextOr(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Wrong(ref reader, "the text of a whole number");

    /// <summary>Writes a number; what JSON has no number for, as text.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The number.</param>
    public static void Write(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            writer.WriteStringValue(double.IsNaN(value) ? "NaN"u8 : value > 0 ? "Infinity"u8 : "-Infinity"u8);
        }
    }

    /// <inheritdoc cref="Write(Utf8JsonWriter, double)"/>
    public static void Write(Utf8JsonWriter writer, float value)
    {
        // As a double it would show digits that a float does not have.
        if (float.IsFinite(value))
        {
            writer.WriteNumberValue(value);
        }
        else
        {
            Write(writer, (double)value);
        }
    }

    /// <summary>Writes a whole number as text: readers of JSON take numbers of that size for doubles.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="value">The number.</param>
    public static void Write(Utf8JsonWriter writer, BigInteger value) => writer.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));

    private static double? ReadSpecial(ref Utf8JsonReader reader)
        => reader.TokenType != JsonTokenType.String ? null
            : reader.ValueTextEquals("NaN"u8) ? double.NaN
            : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
            : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
            : null;

    private static string WholeNumber<T>(T from, T to)
        where T : INumber<T>
        => string.Create(CultureInfo.InvariantCulture, $"a whole number from {from} to {to}");
}
