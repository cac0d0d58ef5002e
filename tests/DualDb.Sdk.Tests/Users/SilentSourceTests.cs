using DualDb.Users;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Sdk.Tests.Users;

/// <summary>Sources of tokens that do not answer: nothing waits for them for ever.</summary>
public sealed class SilentSourceTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Task<string?> Never => new TaskCompletionSource<string?>().Task;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_does_not_answer_fails_the_call_in_time(bool isOverSql)
    {
        var patience = new SupabaseOptions().CommandTimeout;
        var call = As(new Source(static _ => Never, static _ => Never), isOverSql).SessionAsync(Token).AsTask();
        Assert.False(call.IsCompleted);

        _clock.Advance(patience);

        var failure = await Assert.ThrowsAsync<AccessTokenException>(() => call.WaitAsync(TimeSpan.FromSeconds(20), Token));
        Assert.Contains("did not answer in time", failure.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was sent", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_looks_at_its_token_is_told_that_nobody_waits()
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var call = As(new Source(
            cancellation =>
            {
                cancellation.Register(told.SetResult);
                return Never;
            },
            static _ => Never)).SessionAsync(Token).AsTask();

        _clock.Advance(TimeSpan.FromMinutes(1));

        await Assert.ThrowsAsync<AccessTokenException>(() => call.WaitAsync(TimeSpan.FromSeconds(20), Token));
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task A_caller_may_give_up_on_a_source_that_does_not_look_at_its_token()
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = As(new Source(static _ => Never, static _ => Never)).SessionAsync(source.Token).AsTask();

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromSeconds(20), Token));
    }

    [Fact]
    public async Task A_refresh_that_hangs_is_begun_again()
    {
        var expired = TokenTests.Sign(TokenTests.Claims(expires: Now.AddMinutes(-5)));
        string? good = null;
        var source = new Source(_ => Task.FromResult<string?>(expired), _ => good is null ? Never : Task.FromResult<string?>(good));
        var user = As(source);
        var calls = Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await user.SessionAsync(Token))).ToArray();

        foreach (var call in calls)
        {
            await Eventually(call);
            var failure = await Assert.ThrowsAsync<AccessTokenException>(() => call);
            Assert.Contains("did not answer in time", failure.Message, StringComparison.Ordinal);
        }

        var refreshes = source.Refreshes;
        // Signed by what the clock says now: on a busy machine the calls above let days of it go by.
        good = TokenTests.Sign(TokenTests.Claims(expires: _clock.GetUtcNow().AddDays(1)));

        Assert.Equal(good, (await user.SessionAsync(Token)).AccessToken);
        Assert.Equal(refreshes + 1, source.Refreshes);
    }

    // The refresh sets its timer on a thread of its own: time goes on until it has.
    private async Task Eventually(Task call)
    {
        var deadline = TimeProvider.System.GetTimestamp();
        while (!call.IsCompleted && TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(20))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private ActingUser As(IAccessTokenProvider tokens, bool verifies = true)
        => new(tokens, TokenTests.Rules(new SupabaseOptions { JwtSecret = "a-secret-of-these-tests-with-more-than-32-characters" }, _clock), verifies);
}
