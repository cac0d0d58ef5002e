namespace DualDb.Caching.Tests.Lifetimes;

/// <summary>Loading anew before the time is over, and standing in where that fails or takes too long.</summary>
public sealed class RefreshTests
{
    private static readonly TimeSpan Soft = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hard = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Throttle = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_refresh_delays_nobody_and_takes_one_statement()
    {
        using var rows = new Rows(settings => settings with { EagerRefreshAt = 0.5 });
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration * 0.6);
        var gate = new TaskCompletionSource();
        (rows.Gate, rows.Source) = (gate.Task, static () => new Row(2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rows.ReadAsync()));

        Assert.All(answers, static row => Assert.Equal(1, row!.Version));
        gate.SetResult();
        await Eventually.HoldsAsync(async () => (await rows.ReadAsync())!.Version == 2, "The refresh is not seen.");
        Assert.Equal(2, rows.Statements);
    }

    [Fact]
    public async Task The_expired_row_stands_in_while_the_source_is_down_and_the_source_is_asked_seldom()
    {
        using var rows = FailingSafely();
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration);
        rows.Source = static () => throw new InvalidOperationException("down");
        for (var read = 0; read < 10; read++)
        {
            Assert.Equal(1, (await rows.ReadAsync())!.Version);
        }

        Assert.Equal(2, rows.Statements);
        rows.Clock.Advance(Throttle);
        await rows.ReadAsync();
        await rows.ReadAsync();
        Assert.Equal(3, rows.Statements);

        rows.Clock.Advance(TimeSpan.FromHours(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => rows.ReadAsync());
    }

    [Fact]
    public async Task Nothing_stands_in_after_a_write()
    {
        using var rows = FailingSafely();
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration);
        rows.Source = static () => throw new InvalidOperationException("down");
        await rows.ReadAsync();
        await rows.InvalidateAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => rows.ReadAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => rows.ReadManyAsync("k"));
    }

    [Fact]
    public async Task A_slow_source_is_not_waited_for_and_its_answer_is_seen_later()
    {
        using var rows = FailingSafely();
        await rows.ReadAsync();
        rows.Clock.Advance(Rows.Duration);
        var gate = new TaskCompletionSource();
        (rows.Gate, rows.Source) = (gate.Task, static () => new Row(2));
        var reading = rows.ReadAsync();
        rows.Clock.Advance(Soft);

        Assert.Equal(1, (await reading)!.Version);
        gate.SetResult();
        await rows.SettledAsync();
        Assert.Equal(2, (await rows.ReadAsync())!.Version);
        Assert.Equal(2, rows.Statements);
        Assert.Equal(1, rows.Figures.Snapshot().StaleServed);
    }

    [Fact]
    public async Task Without_anything_to_stand_in_the_caller_is_told_in_time_and_the_answer_is_kept()
    {
        using var rows = new Rows(settings => settings with { HardTimeout = Hard });
        var gate = new TaskCompletionSource();
        rows.Gate = gate.Task;
        var reading = rows.ReadAsync();
        rows.Clock.Advance(Hard);

        var exception = await Assert.ThrowsAsync<CacheTimeoutException>(() => reading);
        Assert.Contains("Row", exception.Message, StringComparison.Ordinal);
        gate.SetResult();
        await rows.SettledAsync();
        Assert.NotNull(await rows.ReadAsync());
        Assert.Equal(1, rows.Statements);
    }

    private static Rows FailingSafely()
        => new(static settings => settings with { FailSafe = TimeSpan.FromHours(1), FailSafeThrottle = Throttle, SoftTimeout = Soft });
}
