using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Rollups;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>Which pieces what was measured comes into, and for how long it is there.</summary>
public sealed class WindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly OwnFigures _own = new(Start);
    private DateTimeOffset _now = Start;

    [Theory]
    [InlineData(KpiWindow.Minute, 12)]
    [InlineData(KpiWindow.Hour, 720)]
    [InlineData(KpiWindow.Day, 1000)]
    [InlineData(KpiWindow.Month, 1000)]
    public void A_window_shows_its_own_time(KpiWindow window, int expected)
    {
        for (var piece = 0; piece < 1000; piece++)
        {
            _own.Open.AddSum("one", 1);
            Pass(TimeSpan.FromSeconds(5));
        }

        // To the piece: the oldest one is shown until all of it is over.
        Assert.InRange(Sum(window), expected, expected + (WindowPieces.Of(window).Seconds / 5));
    }

    [Fact]
    public void All_that_was_measured_is_written_once_and_again_where_it_grew()
    {
        _own.Open.AddSum("one", 1);
        Pass(TimeSpan.FromSeconds(5));
        var written = _own.TakeUnwritten();
        Assert.Equal(4, written.Count);
        Assert.Empty(_own.TakeUnwritten());

        _own.Open.AddSum("one", 1);
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal([1, 2, 2, 2], _own.TakeUnwritten().OrderBy(static rollup => rollup.Window).Select(static rollup => rollup.Figures.SumOf("one")));
    }

    [Fact]
    public void What_could_not_be_written_is_written_later()
    {
        _own.Open.AddSum("one", 1);
        Pass(TimeSpan.FromSeconds(5));
        _own.PutBack(_own.TakeUnwritten());

        Assert.Equal(4, _own.TakeUnwritten().Count);
    }

    [Fact]
    public void A_clock_that_jumps_changes_nothing()
    {
        var time = new JumpingTime();
        var clock = new MonitoringClock(time);
        time.Passed = TimeSpan.FromSeconds(30);
        time.Shown = Start.AddHours(5);

        Assert.Equal(Start.AddSeconds(30), clock.Now);
        Assert.False(clock.Set(Start.AddSeconds(30.5), TimeSpan.Zero));
        Assert.True(clock.Set(Start.AddSeconds(90), TimeSpan.Zero));
        Assert.Equal(Start.AddSeconds(90), clock.Now);
    }

    [Fact]
    public void An_answer_that_takes_seconds_is_no_clock_that_was_set()
    {
        var time = new JumpingTime();
        var clock = new MonitoringClock(time);

        // The server read its clock when the question arrived, or when the answer left.
        time.Passed = TimeSpan.FromSeconds(13);
        Assert.False(clock.Set(Start.AddSeconds(10), TimeSpan.FromSeconds(3)));
        Assert.False(clock.Set(Start.AddSeconds(13), TimeSpan.FromSeconds(3)));
        Assert.Equal(Start.AddSeconds(13), clock.Now);
        Assert.True(clock.Set(Start.AddSeconds(20), TimeSpan.FromSeconds(3)));
    }

    [Fact]
    public void Another_time_begins_pieces_of_its_own_with_what_was_not_written()
    {
        var node = _own.Node;
        _own.Open.AddSum("one", 1);
        Pass(TimeSpan.FromSeconds(5));
        _own.Restart(Start);
        _own.Open.AddSum("one", 1);
        _now = Start;
        Pass(TimeSpan.FromSeconds(5));

        Assert.NotEqual(node, _own.Node);
        Assert.All(_own.TakeUnwritten(), static rollup => Assert.Equal(2, rollup.Figures.SumOf("one")));
    }

    /// <summary>What the clock shows has nothing to do with the time that passes.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        public DateTimeOffset Shown { get; set; } = Start;

        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Shown;

        public override long GetTimestamp() => Passed.Ticks;
    }

    private double Sum(KpiWindow window) => _own.Of(window, _now).Sum(static rollup => rollup.Figures.SumOf("one"));

    private void Pass(TimeSpan time)
    {
        _now += time;
        _own.Advance(_now);
    }
}
