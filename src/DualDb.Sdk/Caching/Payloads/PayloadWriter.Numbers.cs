using System.Buffers.Binary;
using System.Numerics;

namespace DualDb.Caching;

// Numbers: few bytes for small ones, and every bit of what cannot be small.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a truth value: 1 byte.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => Write(value ? (byte)1 : (byte)0);

    /// <summary>Writes a number: 1 byte.</summary>
    /// <param name="value">The number.</param>
    public void Write(byte value) => Take(1)[0] = value;

    /// <summary>Writes a number: 1 byte.</summary>
    /// <param name="value">The number.</param>
    public void Write(sbyte value) => Take(1)[0] = (byte)value;

    /// <summary>Writes a number without sign, or a character: 1 to 5 bytes.</summary>
    /// <param name="value">The number.</param>
    public void Write(uint value) => WriteVarint(value);

    /// <summary>Writes a number: 1 to 10 bytes, few for small ones of either sign.</summary>
    /// <param name="value">The number.</param>
    public void Write(long value) => WriteZigzag(value);

    /// <summary>Writes a number without sign: 1 to 10 bytes.</summary>
    /// <param name="value">The number.</param>
    public void Write(ulong value) => WriteVarint(value);

    /// <summary>Writes a number: 4 bytes, every bit of a NaN and of a zero's sign among them.</summary>
    /// <param name="value">The number.</param>
    public void Write(float value) => BinaryPrimitives.WriteSingleLittleEndian(Take(sizeof(float)), value);

    /// <summary>Writes a number: 8 bytes, every bit of a NaN and of a zero's sign among them.</summary>
    /// <param name="value">The number.</param>
    public void Write(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Take(sizeof(double)), value);

    /// <summary>Writes a number with its scale: 1.0 and 1.00 stay apart. 2 to 16 bytes.</summary>
    /// <param name="value">The number.</param>
    public void Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var low = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        var high = (uint)bits[2];
        var scale = (byte)(bits[3] >> 16);
        Write((byte)(scale | (bits[3] < 0 ? DecimalForm.Negative : 0) | (high != 0 ? DecimalForm.Long : 0)));
        WriteVarint(low);
        if (high != 0)
        {
            WriteVarint(high);
        }
    }

    /// <summary>Writes a whole number of any size.</summary>
    /// <param name="value">The number.</param>
    public void Write(BigInteger value)
    {
        var size = value.GetByteCount();
        WriteVarint((uint)size);
        value.TryWriteBytes(Take(size), out _);
    }
}

/// <summary>The first byte of a decimal: its scale, 0 to 28, and two marks.</summary>
internal static class DecimalForm
{
    public const byte Scale = 0x1F;
    public const byte MaxScale = 28;
    public const byte Negative = 0x20;

    /// <summary>More than 64 bits follow.</summary>
    public const byte Long = 0x40;
}
