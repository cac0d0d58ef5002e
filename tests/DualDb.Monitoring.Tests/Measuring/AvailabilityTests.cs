using DualDb.Consistency.Monitoring.Measuring;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Monitoring.Tests.Measuring;

/// <summary>Which times count as up and down.</summary>
public sealed class AvailabilityTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Availability _availability;
    private double _up;
    private double _down;

    public AvailabilityTests() => _availability = new Availability(_clock, (from, until, isUp) =>
    {
        var seconds = _clock.GetElapsedTime(from, until).TotalSeconds;
        (_up, _down) = isUp ? (_up + seconds, _down) : (_up, _down + seconds);
    });

    [Fact]
    public void An_outage_begins_with_the_first_call_that_breaks_and_ends_with_the_first_that_succeeds()
    {
        Answer(10);
        Miss(seconds: 2);
        for (var second = 0; second < 27; second++)
        {
            Miss(seconds: 1);
        }

        Answer(1);
        Answer(9);

        Assert.Equal((19, 30), (Math.Round(_up, 3), Math.Round(_down, 3)));
        Assert.True(_availability.IsUp);
    }

    [Fact]
    public void A_call_that_ends_late_is_no_second_outage()
    {
        Answer(5);
        var began = _clock.GetTimestamp();
        Miss(seconds: 3);
        Answer(1);
        _availability.Missed(began, _clock.GetTimestamp());
        Answer(5);

        Assert.Equal(4, _down, 3);
    }

    [Fact]
    public void Calls_that_break_together_begin_the_outage_when_they_break()
    {
        Answer(1);
        var (first, second) = (_clock.GetTimestamp(), _clock.GetTimestamp());
        Answer(1);
        _availability.Missed(first, _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromMilliseconds(500));
        _availability.Missed(second, _clock.GetTimestamp());
        Miss(seconds: 2);
        Answer(1);

        Assert.Equal(3.5, _down, 3);
    }

    [Fact]
    public void Calls_that_try_again_for_long_begin_the_outage_with_their_first_attempt()
    {
        Answer(1);
        var onTheWay = _clock.GetTimestamp();
        Answer(1);
        _availability.Suspect(_clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromMilliseconds(1600));
        _availability.Missed(onTheWay, _clock.GetTimestamp());
        Miss(seconds: 1);
        Answer(1);

        Assert.Equal(1.6 + 1 + 1, _down, 3);
    }

    [Fact]
    public void An_attempt_that_broke_before_others_were_answered_begins_no_outage()
    {
        Answer(1);
        _availability.Suspect(_clock.GetTimestamp());
        Answer(3);
        Miss(seconds: 2);
        Answer(1);

        Assert.Equal(3, _down, 3);
    }

    [Fact]
    public void An_attempt_that_broke_at_night_begins_no_outage_of_the_morning()
    {
        Answer(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        _availability.Suspect(_clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromHours(10));
        _availability.Suspect(_clock.GetTimestamp());
        Miss(seconds: 2);
        Answer(1);

        Assert.Equal(3, _down, 3);
    }

    [Fact]
    public void What_is_not_asked_is_neither_up_nor_down()
    {
        Answer(4);
        _clock.Advance(TimeSpan.FromHours(1));
        _availability.Account();
        Answer(1);
        Answer(4);

        Assert.InRange(_up, 8, 9);
        Assert.Equal(0, _down);
    }

    [Fact]
    public void An_outage_is_told_while_it_lasts()
    {
        Answer(1);
        Miss(seconds: 1);
        _clock.Advance(TimeSpan.FromSeconds(20));
        _availability.Account();

        Assert.Equal(21, _down, 3);
        Assert.False(_availability.IsUp);
    }

    [Fact]
    public void Nobody_knows_before_anything_was_asked()
    {
        _clock.Advance(TimeSpan.FromSeconds(10));
        _availability.Account();

        Assert.Null(_availability.IsUp);
        Assert.Equal((0, 0), (_up, _down));
    }

    [Fact]
    public void Both_are_up_when_neither_is_down()
    {
        var both = new BothUp(_clock);
        var (up, down) = (0d, 0d);
        Take(0, 10, true);
        Take(0, 4, true);
        Take(4, 10, false);
        Take(10, 20, true);
        Take(10, 15, false);
        Take(15, 20, true);

        Assert.Equal((9, 11), (Math.Round(up, 3), Math.Round(down, 3)));

        void Take(int from, int until, bool isUp)
        {
            var origin = _clock.GetTimestamp() + 1;
            var (more, less) = both.Take(origin + (from * _clock.TimestampFrequency), origin + (until * _clock.TimestampFrequency), isUp);
            (up, down) = (up + more, down + less);
        }
    }

    private void Answer(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var began = _clock.GetTimestamp();
            _clock.Advance(TimeSpan.FromSeconds(1));
            _availability.Answered(began, _clock.GetTimestamp());
            _availability.Account();
        }
    }

    private void Miss(int seconds)
    {
        var began = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        _availability.Missed(began, _clock.GetTimestamp());
    }
}
