namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>How long what was read answers.</summary>
public sealed class ExpiryTests
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task A_row_answers_for_its_time_and_not_longer()
    {
        using var rows = new Rows();
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration - Moment);
        await rows.ReadAsync();
        Assert.Equal(1, rows.Statements);
        rows.Clock.Advance(Moment);
        await rows.ReadAsync();
        Assert.Equal(2, rows.Statements);
    }

    [Fact]
    public async Task That_there_is_none_answers_for_its_own_time()
    {
        using var rows = new Rows(settings => settings with { Negative = TimeSpan.FromSeconds(5), FailSafe = TimeSpan.FromHours(1) }) { Source = static () => null };
        Assert.Null(await rows.ReadAsync());
        rows.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(await rows.ReadAsync());
        Assert.Equal(1, rows.Statements);
        rows.Clock.Advance(TimeSpan.FromSeconds(1));
        rows.Source = static () => new Row(1);
        Assert.NotNull(await rows.ReadAsync());
    }

    [Fact]
    public async Task Jitter_makes_lifetimes_longer_by_its_length_at_most_and_not_all_alike()
    {
        using var rows = new Rows(settings => settings with { Jitter = TimeSpan.FromMinutes(5) });
        string[] keys = [.. Enumerable.Range(0, 200).Select(static index => $"k{index}")];
        await Task.WhenAll(keys.Select(key => rows.ReadAsync(key)));
        rows.Clock.Advance(Rows.Duration - Moment);
        await Task.WhenAll(keys.Select(key => rows.ReadAsync(key)));
        Assert.Equal(keys.Length, rows.Statements);

        rows.Clock.Advance(TimeSpan.FromMinutes(2.5));
        await Task.WhenAll(keys.Select(key => rows.ReadAsync(key)));
        Assert.InRange(rows.Statements - keys.Length, 50, 150);
    }

    [Fact]
    public async Task Jitter_has_an_end()
    {
        using var rows = new Rows(settings => settings with { Jitter = TimeSpan.FromMinutes(5) });
        string[] keys = [.. Enumerable.Range(0, 50).Select(static index => $"k{index}")];
        await Task.WhenAll(keys.Select(key => rows.ReadAsync(key)));
        rows.Clock.Advance(Rows.Duration + TimeSpan.FromMinutes(5) + Moment);
        await Task.WhenAll(keys.Select(key => rows.ReadAsync(key)));
        Assert.Equal(2 * keys.Length, rows.Statements);
    }

    [Fact]
    public async Task Times_of_any_length_are_taken()
    {
        using var rows = new Rows(static settings => settings with
        {
            Duration = TimeSpan.MaxValue,
            Jitter = TimeSpan.MaxValue,
            FailSafe = TimeSpan.MaxValue,
            HardTimeout = TimeSpan.MaxValue,
            SoftTimeout = TimeSpan.MaxValue,
        });
        await rows.ReadAsync();
        rows.Clock.Advance(TimeSpan.FromDays(365));
        Assert.NotNull(await rows.ReadAsync());
        Assert.Equal(1, rows.Statements);
    }
}
