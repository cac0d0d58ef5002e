using NpgsqlTypes;

namespace DualDb.Caching;

// Ranges.
public ref partial struct PayloadReader
{
    /// <summary>Reads a range.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public NpgsqlRange<int> ReadInt32Range() => ReadRange(static (ref PayloadReader reader) => reader.ReadInt32());

    /// <inheritdoc cref="ReadInt32Range"/>
    public NpgsqlRange<long> ReadInt64Range() => ReadRange(static (ref PayloadReader reader) => reader.ReadInt64());

    /// <inheritdoc cref="ReadInt32Range"/>
    public NpgsqlRange<decimal> ReadDecimalRange() => ReadRange(static (ref PayloadReader reader) => reader.ReadDecimal());

    /// <inheritdoc cref="ReadInt32Range"/>
    public NpgsqlRange<DateTime> ReadDateTimeRange()
        => ReadRange(static (ref PayloadReader reader) =>
        {
            var kind = (DateTimeKind)reader.ReadByte();
            return kind is DateTimeKind.Unspecified or DateTimeKind.Utc or DateTimeKind.Local ? reader.ReadDateTime(kind) : throw PayloadException.OutOfRange("kind of time");
        });

    /// <inheritdoc cref="ReadInt32Range"/>
    public NpgsqlRange<DateTimeOffset> ReadDateTimeOffsetRange() => ReadRange(static (ref PayloadReader reader) => reader.ReadDateTimeOffset());

    /// <inheritdoc cref="ReadInt32Range"/>
    public NpgsqlRange<DateOnly> ReadDateOnlyRange() => ReadRange(static (ref PayloadReader reader) => reader.ReadDateOnly());

    private NpgsqlRange<T> ReadRange<T>(PayloadItemReader<T> read)
    {
        var marks = (RangeMarks)ReadByte();
        if (marks > RangeMarks.All)
        {
            throw PayloadException.OutOfRange("range");
        }

        var lower = marks.HasLower() ? read(ref this) : default;
        var upper = marks.HasUpper() ? read(ref this) : default;
        try
        {
            return marks.HasFlag(RangeMarks.Empty)
                ? NpgsqlRange<T>.Empty
                : new NpgsqlRange<T>(
                    lower,
                    marks.HasFlag(RangeMarks.LowerInclusive),
                    marks.HasFlag(RangeMarks.LowerInfinite),
                    upper,
                    marks.HasFlag(RangeMarks.UpperInclusive),
                    marks.HasFlag(RangeMarks.UpperInfinite));
        }
        catch (ArgumentException exception)
        {
            throw new PayloadException("The payload holds bounds that make no range.", exception);
        }
    }
}
