using System.Buffers;
using System.ComponentModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using DualDb.Mapping;

namespace DualDb.Caching;

/// <summary>
/// Writes the text of a key: one text for all that PostgreSQL holds for equal (1.0 and 1.00, an instant whatever its offset), and never one
/// text for two keys, whatever their parts hold. Parts are parted by colons, which only texts can contain, and those say their length first.
/// </summary>
/// <remarks>
/// It writes into a span of the caller's, and rents where that does not suffice: call <see cref="Dispose"/>. What is added is what would be
/// sent to PostgreSQL, so that a value that a column refuses is refused here as well.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public ref struct KeyText
{
    private const char Separator = ':';

    private Span<char> _text;
    private char[]? _rented;
    private int _length;

    /// <summary>Makes an empty text.</summary>
    /// <param name="initial">Where it is written as long as it fits, such as a <c>stackalloc</c> of 200 characters.</param>
    public KeyText(Span<char> initial)
    {
        _text = initial;
        _rented = null;
        _length = 0;
    }

    /// <summary>What has been written so far; valid until the next addition or <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<char> Written => _text[.._length];

    /// <inheritdoc/>
    public readonly override string ToString() => Written.ToString();

    /// <summary>Gives the rented memory back.</summary>
    public void Dispose()
    {
        var rented = _rented;
        this = default;
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear() => _length = 0;

    /// <summary>Adds a part as it is: a fixed word, such as the name of an entity. Two that hold colons could be taken for one another.</summary>
    /// <param name="word">The word.</param>
    public void AddWord(scoped ReadOnlySpan<char> word)
    {
        Separate();
        Append(word);
    }

    /// <summary>Adds a truth value.</summary>
    /// <param name="value">The value.</param>
    public void Add(bool value) => AddWord(value ? "t" : "f");

    /// <summary>Adds a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Add(long value) => AddFormatted(value, default);

    /// <summary>Adds a number, without the zeros at its end.</summary>
    /// <param name="value">The number.</param>
    public void Add(decimal value) => AddFormatted(value == 0 ? 0m : value, "G29");

    /// <summary>Adds a whole number of any size.</summary>
    /// <param name="value">The number.</param>
    public void Add(BigInteger value) => AddFormatted(value, default);

    /// <summary>Adds a number; the two zeros are one.</summary>
    /// <param name="value">The number.</param>
    public void Add(float value) => AddFormatted(value == 0 ? 0f : value, "R");

    /// <summary>Adds a number; the two zeros are one.</summary>
    /// <param name="value">The number.</param>
    public void Add(double value) => AddFormatted(value == 0 ? 0d : value, "R");

    /// <summary>Adds an identifier.</summary>
    /// <param name="value">The identifier.</param>
    public void Add(Guid value) => AddFormatted(value, "D");

    /// <summary>Adds a text behind its length, so that no text can look like several parts.</summary>
    /// <param name="value">The text.</param>
    public void Add(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        AddFormatted(value.Length, default);
        Append(":");
        Append(value);
    }

    /// <summary>Adds a time in microseconds, as PostgreSQL counts it; the column says whether it is one of UTC.</summary>
    /// <param name="value">The time.</param>
    public void Add(DateTime value) => Add(Microseconds.Of(value));

    /// <summary>Adds a point in time, whatever its offset.</summary>
    /// <param name="value">The point in time.</param>
    public void Add(DateTimeOffset value) => Add(Microseconds.Of(value.UtcDateTime));

    /// <summary>Adds a day.</summary>
    /// <param name="value">The day.</param>
    public void Add(DateOnly value) => AddFormatted(value, "O");

    /// <summary>Adds a time of day in microseconds.</summary>
    /// <param name="value">The time of day.</param>
    public void Add(TimeOnly value) => Add(value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds a length of time in microseconds.</summary>
    /// <param name="value">The length.</param>
    public void Add(TimeSpan value) => Add(value.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Adds an address, in hexadecimal digits: an address of the newer family contains colons otherwise, and a scope.</summary>
    /// <param name="value">The address.</param>
    public void Add(IPAddress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Span<byte> bytes = stackalloc byte[PayloadSizes.Ipv6];
        value.TryWriteBytes(bytes, out var size);
        Span<char> digits = stackalloc char[2 * PayloadSizes.Ipv6];
        Convert.TryToHexString(bytes[..size], digits, out var written);
        AddWord(digits[..written]);
    }

    /// <summary>Adds a network.</summary>
    /// <param name="value">The network.</param>
    public void Add(IPNetwork value)
    {
        Add(value.BaseAddress);
        Append("/");
        Format(value.PrefixLength, default);
    }

    private void AddFormatted<T>(T value, ReadOnlySpan<char> format)
        where T : ISpanFormattable
    {
        Separate();
        Format(value, format);
    }

    private void Format<T>(T value, ReadOnlySpan<char> format)
        where T : ISpanFormattable
    {
        int written;
        while (!value.TryFormat(_text[_length..], out written, format, CultureInfo.InvariantCulture))
        {
            Grow(_text.Length - _length + 1);
        }

        _length += written;
    }

    private void Separate()
    {
        if (_length > 0)
        {
            Append([Separator]);
        }
    }

    private void Append(scoped ReadOnlySpan<char> text)
    {
        if (_text.Length - _length < text.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_text[_length..]);
        _length += text.Length;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_length + size, 2 * _text.Length));
        Written.CopyTo(larger);
        var smaller = _rented;
        _text = _rented = larger;
        if (smaller is not null)
        {
            ArrayPool<char>.Shared.Return(smaller);
        }
    }
}
