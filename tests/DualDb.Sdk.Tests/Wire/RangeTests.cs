using NpgsqlTypes;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Ranges in PostgreSQL's notation, there and back.</summary>
public class RangeTests
{
    public static TheoryData<string, NpgsqlRange<int>> Numbers => new()
    {
        { "[1,5)", new(1, lowerBoundIsInclusive: true, 5, upperBoundIsInclusive: false) },
        { "(-5,-1]", new(-5, lowerBoundIsInclusive: false, -1, upperBoundIsInclusive: true) },
        { "[1,)", new(1, lowerBoundIsInclusive: true, lowerBoundInfinite: false, 0, upperBoundIsInclusive: false, upperBoundInfinite: true) },
        { "(,5]", new(0, lowerBoundIsInclusive: false, lowerBoundInfinite: true, 5, upperBoundIsInclusive: true, upperBoundInfinite: false) },
        { "(,)", new(0, lowerBoundIsInclusive: false, lowerBoundInfinite: true, 0, upperBoundIsInclusive: false, upperBoundInfinite: true) },
        { "empty", NpgsqlRange<int>.Empty },
        { "[-2147483648,2147483647)", new(int.MinValue, lowerBoundIsInclusive: true, int.MaxValue, upperBoundIsInclusive: false) },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Reads_and_writes_ranges_of_numbers(string text, NpgsqlRange<int> range)
    {
        Assert.Equal(range, Cell.ReadText<NpgsqlRange<int>>(text));
        Assert.Equal(text, Cell.TextOf(range).Replace("\"", "", StringComparison.Ordinal));
        Assert.Equal(range, Cell.ReadText<NpgsqlRange<int>>(Cell.TextOf(range)));
    }

    [Fact]
    public void Reads_quoted_bounds()
    {
        var january = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var range = Cell.ReadText<NpgsqlRange<DateTimeOffset>>("[\"2026-01-01 00:00:00+00\",\"2026-02-01 00:00:00+00\")");
        Assert.Equal(new NpgsqlRange<DateTimeOffset>(january, lowerBoundIsInclusive: true, january.AddMonths(1), upperBoundIsInclusive: false), range);
        Assert.Equal(range, Cell.ReadText<NpgsqlRange<DateTimeOffset>>(Cell.TextOf(range)));
    }

    [Fact]
    public void An_infinite_bound_is_another_than_none()
    {
        var range = Cell.ReadText<NpgsqlRange<DateOnly>>("[2026-01-01,infinity)");
        Assert.False(range.UpperBoundInfinite);
        Assert.Equal(DateOnly.MaxValue, range.UpperBound);
        Assert.Equal("[\"2026-01-01\",\"infinity\")", Cell.TextOf(range));
    }

    [Fact]
    public void Bounds_keep_their_digits()
    {
        var range = Cell.ReadText<NpgsqlRange<decimal>>("[1.50,12345678901234567890.123]");
        Assert.Equal("[\"1.50\",\"12345678901234567890.123\"]", Cell.TextOf(range));
        Assert.Equal(long.MaxValue, Cell.ReadText<NpgsqlRange<long>>("[0,9223372036854775807)").UpperBound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,5")]
    [InlineData("[1;5)")]
    [InlineData("[1,5")]
    [InlineData("{[1,5)}")]
    public void What_is_no_range_is_refused(string text) => Assert.Throws<FormatException>(() => Cell.ReadText<NpgsqlRange<int>>(text));

    [Fact]
    public void A_bound_beyond_its_type_is_refused()
    {
        Assert.Throws<OverflowException>(() => Cell.ReadText<NpgsqlRange<int>>("[1,2147483648)"));
        Assert.Throws<InvalidCastException>(() => Cell.ReadText<NpgsqlRange<int>>("[a,b)"));
    }
}
