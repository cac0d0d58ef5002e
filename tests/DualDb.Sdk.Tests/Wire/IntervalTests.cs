namespace DualDb.Sdk.Tests.Wire;

/// <summary>Intervals as PostgreSQL writes them.</summary>
public class IntervalTests
{
    [Theory]
    [InlineData("00:00:00", "00:00:00")]
    [InlineData("1 day 02:03:04.5", "1.02:03:04.5000000")]
    [InlineData("2 days", "2.00:00:00")]
    [InlineData("-1 days +02:03:04", "-21:56:56")]
    [InlineData("-1 days -02:03:04", "-1.02:03:04")]
    [InlineData("1 day -00:00:01", "23:59:59")]
    [InlineData("-00:00:00.000001", "-00:00:00.0000010")]
    [InlineData("30:00:00", "1.06:00:00")]
    [InlineData("10675199 days 02:48:05.477580", "10675199.02:48:05.4775800")]
    [InlineData("-10675199 days -02:48:05.477580", "-10675199.02:48:05.4775800")]
    public void Reads_days_and_clocks(string text, string expected) => Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), Cell.ReadText<TimeSpan>(text));

    [Theory]
    [InlineData("1 mon")]
    [InlineData("-2 mons")]
    [InlineData("1 year 2 mons 3 days")]
    [InlineData("-178000000 years")]
    public void Months_have_no_length(string text) => Assert.Throws<InvalidCastException>(() => Cell.ReadText<TimeSpan>(text));

    [Theory]
    [InlineData("10675200 days")]
    [InlineData("2562047788:00:54.775807")]
    [InlineData("9223372036854775807 days")]
    public void More_than_dotnet_can_hold_is_refused(string text) => Assert.Throws<OverflowException>(() => Cell.ReadText<TimeSpan>(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("1")]
    [InlineData("day")]
    [InlineData("1 week")]
    [InlineData("P1D")]
    [InlineData("infinity")]
    [InlineData("01:02")]
    [InlineData("01:aa:03")]
    [InlineData("--01:02:03")]
    public void What_is_no_interval_is_refused(string text) => Assert.Throws<FormatException>(() => Cell.ReadText<TimeSpan>(text));

    [Theory]
    [InlineData(0, "0 days 00:00:00.000000")]
    [InlineData(10, "0 days 00:00:00.000001")]
    [InlineData(-10, "0 days -00:00:00.000001")]
    [InlineData(TimeSpan.TicksPerDay, "1 days 00:00:00.000000")]
    [InlineData(-TimeSpan.TicksPerDay - TimeSpan.TicksPerSecond, "-1 days -00:00:01.000000")]
    [InlineData(long.MaxValue, "10675199 days 02:48:05.477580")]
    [InlineData(long.MinValue, "-10675199 days -02:48:05.477580")]
    public void Writes_days_and_clock_apart(long ticks, string expected)
    {
        var text = Cell.TextOf(new TimeSpan(ticks));
        Assert.Equal(expected, text);
        Assert.Equal(ticks / 10, Cell.ReadText<TimeSpan>(text).Ticks / 10);
    }
}
