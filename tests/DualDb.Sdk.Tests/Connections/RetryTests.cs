using DualDb.Connections;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace DualDb.Sdk.Tests.Connections;

public class RetryTests
{
    private static readonly PostgresException Deadlock = new("deadlock detected", "ERROR", "ERROR", "40P01");
    private static readonly NpgsqlException Broken = new("Exception while reading from stream", new IOException());

    [Fact]
    public async Task Retries_at_once_and_then_with_growing_pauses()
    {
        var clock = new FakeTimeProvider();
        var options = new DatabaseOptions { MaxRetries = 3, RetryDelay = TimeSpan.FromSeconds(1), MaxRetryDelay = TimeSpan.FromSeconds(60) };
        var attempts = 0;
        var run = new RetryPipelines(options, clock).Reads.ExecuteAsync(
            _ =>
            {
                attempts++;
                throw Broken;
            },
            TestContext.Current.CancellationToken).AsTask();

        Assert.Equal(1, attempts);
        while (!run.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Same(Broken, await Assert.ThrowsAsync<NpgsqlException>(() => run));
        Assert.Equal(3, attempts);
    }

    [Fact]
    public async Task Repeats_a_write_only_while_nothing_can_have_been_applied()
    {
        var attempts = 0;
        var pipelines = new RetryPipelines(new DatabaseOptions { MaxRetries = 9, RetryDelay = TimeSpan.Zero }, TimeProvider.System);

        await Assert.ThrowsAsync<NpgsqlException>(() => pipelines.Writes.ExecuteAsync(
            _ => ++attempts < 3 ? throw Deadlock : throw Broken, TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(3, attempts);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task Turns_retrying_off_with_zero(int retries, bool mayRetry)
    {
        await using var database = new NeonDatabase(new DatabaseOptions { MaxRetries = retries });

        Assert.Equal(mayRetry, database.MayRetry(Broken, writes: false));
        Assert.False(database.MayRetry(Broken, writes: true));
    }

    [Fact]
    public async Task Ends_the_pause_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var pipelines = new RetryPipelines(new DatabaseOptions { RetryDelay = TimeSpan.FromHours(1), MaxRetryDelay = TimeSpan.FromHours(2) }, new FakeTimeProvider());
        var run = pipelines.Reads.ExecuteAsync(_ => throw Broken, cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }
}
