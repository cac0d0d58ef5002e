using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Alerts;
using DualDb.Consistency.Monitoring.Alerts.Sharing;

namespace DualDb.Monitoring.Tests.Alerts;

/// <summary>When alerts are told, by a clock that the test turns.</summary>
public sealed class AlertEvaluationTests
{
    private static readonly AlertSignal Down = new(AlertRules.DatabaseDown, "neon", "Neon does not answer.");
    private static readonly AlertSignal Parked = new(AlertRules.RowsParked, "neon", "2 rows are put aside.");

    private readonly AlertOptions _options = new();
    private readonly AlertEvaluation _evaluation;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private bool _isSilenced;

    public AlertEvaluationTests() => _evaluation = new AlertEvaluation("shop", _options);

    [Fact]
    public void An_alert_is_told_when_it_has_lasted_for_as_long_as_its_rule_says()
    {
        Assert.Empty(Pass(2, Down));
        var told = Assert.Single(Pass(2, Down));
        Assert.Equal(("shop", AlertRules.DatabaseDown, "neon", AlertSeverity.Page, false, 0), (told.Application, told.Rule, told.Subject, told.Severity, told.IsResolved, told.Repetition));
        Assert.Empty(Pass(299, Down, Parked));
        Assert.Equal(AlertRules.RowsParked, Assert.Single(Pass(2, Down, Parked)).Rule);
    }

    [Fact]
    public void What_does_not_last_is_not_told()
    {
        for (var round = 0; round < 10; round++)
        {
            Assert.Empty(Pass(2, Down));
            Assert.Empty(Pass(1));
        }
    }

    [Fact]
    public void It_is_told_again_every_quarter_of_an_hour_and_once_when_it_is_over()
    {
        var told = Pass((60 * 60) + 5, Down);
        Assert.Equal([0, 1, 2, 3, 4], told.Select(static alert => alert.Repetition));
        Assert.All(told.Zip(told.Skip(1)), static pair => Assert.Equal(TimeSpan.FromMinutes(15), pair.Second.At - pair.First.At));

        Assert.Empty(Pass(4));
        Assert.True(Assert.Single(Pass(2)).IsResolved);
        Assert.Empty(Pass(60));
    }

    [Fact]
    public void A_short_break_is_not_its_end()
    {
        Pass(10, Down);
        Assert.Empty(Pass(3));
        Assert.Empty(Pass(10, Down));
        Assert.Single(_evaluation.Firing);
    }

    [Fact]
    public void What_comes_and_goes_is_told_no_more_often_than_what_lasts()
    {
        // A minute on, a minute off, for an hour.
        var told = new List<Alert>();
        for (var minute = 0; minute < 60; minute++)
        {
            told.AddRange(minute % 2 == 0 ? Pass(60, Down) : Pass(60));
        }

        // Each time it is told it is told to be over, too: whoever hears of the one waits for the other.
        Assert.Equal([false, true, false, true, false, true, false, true], told.Select(static alert => alert.IsResolved));
        var beginnings = told.Where(static alert => !alert.IsResolved).ToList();
        Assert.All(beginnings.Zip(beginnings.Skip(1)), static pair => Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMinutes(15)));
    }

    [Fact]
    public void What_came_back_and_lasts_is_told_when_its_time_has_come()
    {
        Assert.Single(Pass(10, Down));
        Assert.True(Assert.Single(Pass(10)).IsResolved);
        Assert.Empty(Pass(14 * 60, Down));
        Assert.Single(_evaluation.Firing);
        Assert.False(Assert.Single(Pass(2 * 60, Down)).IsResolved);
        Assert.True(Assert.Single(Pass(10)).IsResolved);

        Pass(15 * 60);
        Assert.Single(Pass(10, Down));
    }

    [Fact]
    public void What_was_told_before_the_clock_was_set_back_is_no_longer_believed()
    {
        Assert.Single(Pass(10, Down));
        var told = new ToldBefore(Down.Rule, Down.Subject, _now);
        Assert.Single(Pass(10));
        _now -= TimeSpan.FromHours(10);
        _evaluation.Shift(TimeSpan.FromHours(-10));
        Assert.Empty(Pass(14 * 60, Down));
        _evaluation.Remember([told], _now);

        Assert.Single(Pass(2 * 60, Down));
    }

    [Fact]
    public void Another_node_knows_what_was_told_before_it()
    {
        _evaluation.Remember([new ToldBefore(Down.Rule, Down.Subject, _now.AddMinutes(-10))], _now);

        Assert.Empty(Pass(4 * 60, Down));
        Assert.Single(Pass(2 * 60, Down));
        Assert.Single(Pass(60 * 6, Parked, Down), static alert => alert.Rule == AlertRules.RowsParked);
    }

    [Fact]
    public void A_silence_puts_off_what_is_still_so_when_it_ends()
    {
        _isSilenced = true;
        Assert.Empty(Pass(600, Down));
        Assert.Single(_evaluation.Firing);
        _isSilenced = false;
        Assert.False(Assert.Single(Pass(1, Down)).IsResolved);
    }

    [Fact]
    public void What_came_and_went_in_a_silence_was_never_told()
    {
        _isSilenced = true;
        Pass(60, Down);
        Assert.Empty(Pass(60));
        Assert.Single(_evaluation.Changed, static state => state is { ResolvedAt: not null, Told: 0 });
    }

    [Fact]
    public void Whoever_was_told_of_the_beginning_hears_of_the_end_in_a_silence_too()
    {
        Pass(10, Down);
        _isSilenced = true;
        Assert.True(Assert.Single(Pass(10)).IsResolved);
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public void A_clock_that_is_set_neither_tells_too_soon_nor_holds_an_alert_open(int seconds)
    {
        Assert.Single(Pass(60, Down));
        Assert.Empty(Pass(60, Down, Parked));
        Jump(seconds);

        // What had to last for 5 minutes has lasted for one, and what was told a minute ago is not told again.
        Assert.Empty(Pass(230, Down, Parked));
        Assert.Equal(AlertRules.RowsParked, Assert.Single(Pass(20, Down, Parked)).Rule);
        Jump(seconds);
        Assert.Empty(Pass(4));
        Jump(seconds);
        Assert.Equal(2, Pass(4).Count(static alert => alert.IsResolved));
        Jump(seconds);

        // What comes back is told a quarter of an hour after it was last told, and no sooner.
        Assert.Empty(Pass(500, Down));
        Assert.Single(Pass(120, Down));

        void Jump(int by)
        {
            _now += TimeSpan.FromSeconds(by);
            _evaluation.Shift(TimeSpan.FromSeconds(by));
        }
    }

    [Fact]
    public void Another_node_goes_on_and_tells_nothing_twice()
    {
        Pass(10, Down);
        var next = new AlertEvaluation("shop", _options);
        next.Continue(_evaluation.Changed, _now);

        next.Look(_now.AddSeconds(1), [Down], static _ => false);
        Assert.Empty(next.Told);
        next.Look(_now.AddSeconds(10), [], static _ => false);
        Assert.True(Assert.Single(next.Told).IsResolved);
    }

    [Fact]
    public void Rules_can_be_changed_switched_off_and_added()
    {
        _options.Rules[AlertRules.DatabaseDown].IsEnabled = false;
        _options.Rules[AlertRules.RowsParked].For = TimeSpan.Zero;
        _options.Rules.Add(new AlertRule("disk-full", "The disk is full.", AlertSeverity.Warning, TimeSpan.Zero));

        Assert.Equal([AlertRules.RowsParked, "disk-full"], Pass(1, Down, Parked, new AlertSignal("disk-full", "", "The disk is full.")).Select(static alert => alert.Rule));
        Assert.DoesNotContain(Pass(10, Down, new AlertSignal("unheard-of", "", "?")), static alert => !alert.IsResolved);
        Assert.Contains("database-down", Assert.Throws<KeyNotFoundException>(() => _options.Rules["database-dwon"]).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _options.Rules.Add(new AlertRule("disk-full", "", AlertSeverity.Page, TimeSpan.Zero)));
    }

    private List<Alert> Pass(int seconds, params AlertSignal[] signals)
    {
        var told = new List<Alert>();
        for (var second = 0; second < seconds; second++)
        {
            _now += TimeSpan.FromSeconds(1);
            _evaluation.Look(_now, signals, _ => _isSilenced);
            told.AddRange(_evaluation.Told);
        }

        return told;
    }
}
