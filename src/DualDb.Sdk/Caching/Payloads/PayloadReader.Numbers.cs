using System.Buffers.Binary;
using System.Numerics;

namespace DualDb.Caching;

// Numbers, within the range of their type.
public ref partial struct PayloadReader
{
    /// <summary>Reads a truth value.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public bool ReadBoolean() => ReadByte() switch
    {
        0 => false,
        1 => true,
        _ => throw PayloadException.OutOfRange("truth value"),
    };

    /// <summary>Reads a number.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public byte ReadByte() => Take(1)[0];

    /// <inheritdoc cref="ReadByte"/>
    public sbyte ReadSByte() => (sbyte)Take(1)[0];

    /// <inheritdoc cref="ReadByte"/>
    public short ReadInt16() => ReadZigzag() is >= short.MinValue and <= short.MaxValue and var value ? (short)value : throw PayloadException.OutOfRange("short");

    /// <inheritdoc cref="ReadByte"/>
    public ushort ReadUInt16() => ReadVarint() is <= ushort.MaxValue and var value ? (ushort)value : throw PayloadException.OutOfRange("ushort");

    /// <inheritdoc cref="ReadByte"/>
    public int ReadInt32() => ReadZigzag() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw PayloadException.OutOfRange("int");

    /// <inheritdoc cref="ReadByte"/>
    public uint ReadUInt32() => ReadVarint() is <= uint.MaxValue and var value ? (uint)value : throw PayloadException.OutOfRange("uint");

    /// <inheritdoc cref="ReadByte"/>
    public long ReadInt64() => ReadZigzag();

    /// <inheritdoc cref="ReadByte"/>
    public ulong ReadUInt64() => ReadVarint();

    /// <summary>Reads a character.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public char ReadChar() => (char)ReadUInt16();

    /// <inheritdoc cref="ReadByte"/>
    public float ReadSingle() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));

    /// <inheritdoc cref="ReadByte"/>
    public double ReadDouble() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    /// <summary>Reads a number with its scale.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public decimal ReadDecimal()
    {
        var form = ReadByte();
        var scale = form & DecimalForm.Scale;
        if (scale > DecimalForm.MaxScale || form > (DecimalForm.Scale | DecimalForm.Negative | DecimalForm.Long))
        {
            throw PayloadException.OutOfRange("decimal");
        }

        var low = ReadVarint();
        var high = (form & DecimalForm.Long) != 0 ? ReadUInt32() : 0;
        return new decimal((int)low, (int)(low >> 32), (int)high, (form & DecimalForm.Negative) != 0, (byte)scale);
    }

    /// <inheritdoc cref="ReadByte"/>
    public BigInteger ReadBigInteger() => new(ReadSpan());
}
