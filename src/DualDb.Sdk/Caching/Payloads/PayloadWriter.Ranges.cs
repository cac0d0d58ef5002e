using NpgsqlTypes;

namespace DualDb.Caching;

// Ranges: a byte that says which bounds there are, then those.
public ref partial struct PayloadWriter
{
    /// <summary>Writes a range.</summary>
    /// <param name="value">The range.</param>
    public void Write(NpgsqlRange<int> value) => WriteRange(value, static (ref PayloadWriter writer, int bound) => writer.Write(bound));

    /// <inheritdoc cref="Write(NpgsqlRange{int})"/>
    public void Write(NpgsqlRange<long> value) => WriteRange(value, static (ref PayloadWriter writer, long bound) => writer.Write(bound));

    /// <inheritdoc cref="Write(NpgsqlRange{int})"/>
    public void Write(NpgsqlRange<decimal> value) => WriteRange(value, static (ref PayloadWriter writer, decimal bound) => writer.Write(bound));

    /// <summary>Writes a range with the kinds of its bounds: that of an infinite time differs from that of the others.</summary>
    /// <param name="value">The range.</param>
    public void Write(NpgsqlRange<DateTime> value)
        => WriteRange(value, static (ref PayloadWriter writer, DateTime bound) =>
        {
            writer.Write((byte)bound.Kind);
            writer.Write(bound);
        });

    /// <inheritdoc cref="Write(NpgsqlRange{int})"/>
    public void Write(NpgsqlRange<DateTimeOffset> value) => WriteRange(value, static (ref PayloadWriter writer, DateTimeOffset bound) => writer.Write(bound));

    /// <inheritdoc cref="Write(NpgsqlRange{int})"/>
    public void Write(NpgsqlRange<DateOnly> value) => WriteRange(value, static (ref PayloadWriter writer, DateOnly bound) => writer.Write(bound));

    private void WriteRange<T>(NpgsqlRange<T> value, PayloadItemWriter<T> write)
    {
        var form = RangeForm.Of(value);
        Write((byte)form);
        if (form.HasLower())
        {
            write(ref this, value.LowerBound!);
        }

        if (form.HasUpper())
        {
            write(ref this, value.UpperBound!);
        }
    }
}
