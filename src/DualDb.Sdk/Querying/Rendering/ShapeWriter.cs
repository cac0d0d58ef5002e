using System.Buffers;

namespace DualDb.Querying;

/// <summary>
/// Writes the shape of a query: all that its SQL depends on, and none of its values. The whole shape is the key of the cache of SQL texts,
/// since a hash of it could meet another shape's. Every part is a code followed by parts of a known number, so that no two shapes are written alike.
/// </summary>
internal ref struct ShapeWriter(Span<char> buffer)
{
    private Span<char> _buffer = buffer;
    private char[]? _rented;
    private int _length;

    public readonly ReadOnlySpan<char> Written => _buffer[.._length];

    public void Write(char code)
    {
        if (_length == _buffer.Length)
        {
            Grow(1);
        }

        _buffer[_length++] = code;
    }

    public void Write(char code, int number)
    {
        Write(code);
        Write((char)(number >> 16));
        Write((char)number);
    }

    public void Write(char code, string text)
    {
        Write(code, text.Length);
        if (_length + text.Length > _buffer.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_buffer[_length..]);
        _length += text.Length;
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
            _rented = null;
        }
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(2 * _buffer.Length, _length + needed));
        Written.CopyTo(larger);
        Dispose();
        _buffer = _rented = larger;
    }
}
