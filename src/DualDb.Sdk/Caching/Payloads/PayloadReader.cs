using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DualDb.Caching;

/// <summary>
/// Reads what <see cref="PayloadWriter"/> wrote. The bytes come from a server that others can write to: each length is checked against what
/// remains before anything is allocated, and whatever is wrong with them is told by one exception.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct PayloadReader
{
    private readonly ReadOnlySpan<byte> _payload;
    private int _position;

    /// <summary>Makes a reader.</summary>
    /// <param name="payload">The bytes.</param>
    public PayloadReader(ReadOnlySpan<byte> payload)
    {
        _payload = payload;
        _position = 0;
    }

    /// <summary>The bytes that have not been read.</summary>
    public readonly int Remaining => _payload.Length - _position;

    /// <summary>Whether the next value is missing.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public bool IsNull() => ReadBoolean();

    /// <summary>Refuses a payload that goes on.</summary>
    /// <exception cref="PayloadException">Bytes remain.</exception>
    public readonly void End()
    {
        if (Remaining > 0)
        {
            throw new PayloadException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The payload goes on for {Remaining} bytes after its last value."));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(int size)
    {
        var remaining = Remaining;
        if ((uint)size > (uint)remaining)
        {
            throw PayloadException.EndsEarly(size, remaining);
        }

        var taken = _payload.Slice(_position, size);
        _position += size;
        return taken;
    }

    private ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                // Of a tenth byte only one bit is part of the number.
                return shift < 63 || next <= 1 ? value : throw PayloadException.OutOfRange("64-bit number");
            }
        }

        throw PayloadException.OutOfRange("64-bit number");
    }

    private long ReadZigzag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private long ReadFixed() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>A count of things of at least one byte each: more than bytes remain there cannot be.</summary>
    private int ReadLength()
    {
        var length = ReadVarint();
        return length <= (uint)Remaining ? (int)length : throw PayloadException.EndsEarly((int)Math.Min(length, int.MaxValue), Remaining);
    }

    private ReadOnlySpan<byte> ReadSpan() => Take(ReadLength());
}
