using NpgsqlTypes;

namespace DualDb.Caching;

/// <summary>What a range says of its bounds: one byte.</summary>
[Flags]
internal enum RangeMarks : byte
{
    None = 0,
    Empty = 1,
    LowerInclusive = 2,
    UpperInclusive = 4,
    LowerInfinite = 8,
    UpperInfinite = 16,
    All = 31,
}

internal static class RangeForm
{
    public static RangeMarks Of<T>(NpgsqlRange<T> range)
        => range.IsEmpty
            ? RangeMarks.Empty
            : Mark(range.LowerBoundIsInclusive, RangeMarks.LowerInclusive)
                | Mark(range.UpperBoundIsInclusive, RangeMarks.UpperInclusive)
                | Mark(range.LowerBoundInfinite, RangeMarks.LowerInfinite)
                | Mark(range.UpperBoundInfinite, RangeMarks.UpperInfinite);

    public static bool HasLower(this RangeMarks marks) => (marks & (RangeMarks.Empty | RangeMarks.LowerInfinite)) == RangeMarks.None;

    public static bool HasUpper(this RangeMarks marks) => (marks & (RangeMarks.Empty | RangeMarks.UpperInfinite)) == RangeMarks.None;

    private static RangeMarks Mark(bool applies, RangeMarks mark) => applies ? mark : RangeMarks.None;
}
