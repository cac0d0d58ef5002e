using System.Globalization;

namespace DualDb.Sdk.Tests.Wire;

/// <summary>Days and times at the ends of what PostgreSQL and .NET can hold.</summary>
public class TimeTests
{
    [Theory]
    [InlineData("2026-01-02T03:04:05.123456+00:00", "2026-01-02T03:04:05.1234560+00:00")]
    [InlineData("2026-01-02T03:04:05Z", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02 03:04:05.5+00", "2026-01-02T03:04:05.5000000+00:00")]
    [InlineData("2026-01-02T03:04:05+05:30", "2026-01-01T21:34:05.0000000+00:00")]
    [InlineData("2026-01-02 03:04:05-03:30", "2026-01-02T06:34:05.0000000+00:00")]
    [InlineData("1890-01-01 00:53:28+00:53:28", "1890-01-01T00:00:00.0000000+00:00")]
    [InlineData("2026-01-02T03:04:05", "2026-01-02T03:04:05.0000000+00:00")]
    [InlineData("2026-01-02", "2026-01-02T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00.000001+00:00", "0001-01-01T00:00:00.0000010+00:00")]
    [InlineData("9999-12-31T23:59:59.999999+00:00", "9999-12-31T23:59:59.9999990+00:00")]
    [InlineData("2024-02-29T23:59:59.999999999+00:00", "2024-02-29T23:59:59.9999999+00:00")]
    [InlineData("infinity", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("-infinity", "0001-01-01T00:00:00.0000000+00:00")]
    public void Reads_points_in_time(string text, string expected)
        => Assert.Equal(expected, Cell.ReadText<DateTimeOffset>(text).ToString("O", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("0044-03-15T00:00:00+00:00 BC")]
    [InlineData("0044-03-15 12:00:00.5+00 BC")]
    [InlineData("10000-01-01T00:00:00+00:00")]
    [InlineData("294276-12-31T23:59:59.999999+00:00")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    public void Points_that_dotnet_cannot_hold_are_refused(string text)
    {
        Assert.Throws<OverflowException>(() => Cell.ReadText<DateTimeOffset>(text));
        Assert.Throws<OverflowException>(() => Cell.ReadText<DateTime>(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("20260102")]
    [InlineData("2026-13-01")]
    [InlineData("2026-02-29T00:00:00+00:00")]
    [InlineData("2026-01-02T25:00:00+00:00")]
    [InlineData("2026-01-02T03:60:00+00:00")]
    [InlineData("2026-01-02T03:04:05+00:00x")]
    [InlineData("2026-01-02X03:04:05")]
    [InlineData("2026-01-02T")]
    [InlineData("today")]
    [InlineData("to infinity")]
    [InlineData("0000-01-01")]
    public void What_is_no_time_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => Cell.ReadText<DateTimeOffset>(text));
        Assert.Throws<FormatException>(() => Cell.ReadText<DateTime>(text));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05", DateTimeKind.Unspecified, "2026-01-02T03:04:05.0000000")]
    [InlineData("2026-01-02T03:04:05+00:00", DateTimeKind.Utc, "2026-01-02T03:04:05.0000000Z")]
    [InlineData("2026-01-02T03:04:05+02:00", DateTimeKind.Utc, "2026-01-02T01:04:05.0000000Z")]
    [InlineData("infinity", DateTimeKind.Unspecified, "9999-12-31T23:59:59.9999999")]
    [InlineData("-infinity", DateTimeKind.Unspecified, "0001-01-01T00:00:00.0000000")]
    public void A_time_with_an_offset_is_in_utc(string text, DateTimeKind kind, string expected)
    {
        var time = Cell.ReadText<DateTime>(text);
        Assert.Equal(kind, time.Kind);
        Assert.Equal(expected, time.ToString("O", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2026-01-02", 2026, 1, 2)]
    [InlineData("0001-01-01", 1, 1, 1)]
    [InlineData("9999-12-31", 9999, 12, 31)]
    [InlineData("infinity", 9999, 12, 31)]
    [InlineData("-infinity", 1, 1, 1)]
    public void Reads_days(string text, int year, int month, int day) => Assert.Equal(new DateOnly(year, month, day), Cell.ReadText<DateOnly>(text));

    [Theory]
    [InlineData("0044-03-15 BC")]
    [InlineData("5874897-12-31")]
    [InlineData("10000-01-01")]
    public void Days_that_dotnet_cannot_hold_are_refused(string text) => Assert.ThrowsAny<Exception>(() => Cell.ReadText<DateOnly>(text));

    [Fact]
    public void A_day_is_no_time() => Assert.Throws<FormatException>(() => Cell.ReadText<DateOnly>("2026-01-02T03:04:05"));

    [Theory]
    [InlineData("00:00:00", 0)]
    [InlineData("03:04", 110_400_000_000)]
    [InlineData("23:59:59.999999", 863_999_999_990)]
    [InlineData("00:00:00.000001", 10)]
    public void Reads_times_of_day(string text, long ticks) => Assert.Equal(new TimeOnly(ticks), Cell.ReadText<TimeOnly>(text));

    [Fact]
    public void The_end_of_a_day_is_a_time_that_dotnet_cannot_hold() => Assert.Throws<OverflowException>(() => Cell.ReadText<TimeOnly>("24:00:00"));

    [Fact]
    public void A_time_of_day_with_an_offset_is_none() => Assert.Throws<FormatException>(() => Cell.ReadText<TimeOnly>("03:04:05+02"));

    [Fact]
    public void Writes_what_postgres_reads()
    {
        Assert.Equal("2026-01-01T21:34:05.123456+00:00", Cell.TextOf(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromMinutes(330)).AddTicks(1_234_567)));
        Assert.Equal("2026-01-01T00:00:00.000000+00:00", Cell.TextOf(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(9)));
        Assert.Equal("2000-01-01T00:00:00.000000+00:00", Cell.TextOf(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).AddTicks(-1)));
        Assert.Equal("1999-12-31T23:59:59.999999", Cell.TextOf(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddTicks(-11)));
        Assert.Equal("infinity", Cell.TextOf(DateTimeOffset.MaxValue));
        Assert.Equal("-infinity", Cell.TextOf(DateTimeOffset.MinValue));
        Assert.Equal("2026-01-02T03:04:05.000000", Cell.TextOf(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Unspecified)));
        Assert.Equal("2026-01-02T03:04:05.000000+00:00", Cell.TextOf(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)));
        Assert.Equal("infinity", Cell.TextOf(DateTime.MaxValue));
        Assert.Equal("-infinity", Cell.TextOf(DateTime.MinValue));
        Assert.Equal("0001-01-02", Cell.TextOf(new DateOnly(1, 1, 2)));
        Assert.Equal("infinity", Cell.TextOf(DateOnly.MaxValue));
        Assert.Equal("-infinity", Cell.TextOf(DateOnly.MinValue));
        Assert.Equal("23:59:59.999999", Cell.TextOf(TimeOnly.MaxValue));
        Assert.Equal("\"2026-01-02\"", Cell.Write(new DateOnly(2026, 1, 2)));
    }
}
