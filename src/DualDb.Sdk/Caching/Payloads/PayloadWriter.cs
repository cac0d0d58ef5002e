using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace DualDb.Caching;

/// <summary>
/// Writes the payload of a cached entity: values one after another, without names, types or padding. The reader knows their order, because
/// both sides are generated from the same model, and the key of a cached entry holds a hash of it.
/// </summary>
/// <remarks>The buffer is rented: call <see cref="Dispose"/> when <see cref="Written"/> has been copied or sent.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref partial struct PayloadWriter
{
    /// <summary>The most bytes of a 64-bit varint.</summary>
    private const int MaxVarint = 10;

    private byte[] _buffer;
    private int _length;

    /// <summary>Makes a writer.</summary>
    /// <param name="initialCapacity">The bytes that are expected; more are rented where they do not suffice.</param>
    public PayloadWriter(int initialCapacity)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(initialCapacity, MaxVarint));
        _length = 0;
    }

    /// <summary>What has been written so far; valid until the next write or <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        _length = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Room for so many bytes, which the caller fills and <see cref="_length"/> does not count yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int size)
    {
        if (_buffer.Length - _length < size)
        {
            Grow(size);
        }

        return _buffer.AsSpan(_length);
    }

    /// <summary>Room for so many bytes, counted at once.</summary>
    private Span<byte> Take(int size)
    {
        var room = Room(size)[..size];
        _length += size;
        return room;
    }

    private void Grow(int size)
    {
        // Doubling in long: an int would turn negative beyond a gigabyte. An array cannot be longer than that of a rented one anyway.
        var capacity = (int)Math.Min(Math.Max((long)_length + size, 2L * _buffer.Length), Array.MaxLength);
        if (capacity < (long)_length + size)
        {
            throw new PayloadException("The payload would be longer than an array can be.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(capacity);
        Written.CopyTo(larger);
        var smaller = _buffer;
        _buffer = larger;
        ArrayPool<byte>.Shared.Return(smaller);
    }

    /// <summary>Seven bits per byte, the lowest first; all but the last byte have the top bit.</summary>
    private void WriteVarint(ulong value)
    {
        var room = Room(MaxVarint);
        var at = 0;
        while (value >= 0x80)
        {
            room[at++] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[at++] = (byte)value;
        _length += at;
    }

    /// <summary>Small numbers of either sign become small numbers without one: 0, -1, 1, -2, …</summary>
    private void WriteZigzag(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    private void WriteFixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);
        _length += sizeof(long);
    }

    private void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        WriteVarint((uint)bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }
}
