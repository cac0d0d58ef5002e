using DualDb.Users;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Sdk.Tests.Users;

/// <summary>Tokens that come and go: one user, one refresh.</summary>
public sealed class RefreshTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_callers_refresh_once()
    {
        var tokens = new Tokens(Old(), New());
        var user = As(tokens);
        var session = await user.SessionAsync(Token);

        var refreshes = Enumerable.Range(0, 500).Select(_ => Task.Run(async () => await user.RefreshAsync(session, Token))).ToArray();
        tokens.Answer();
        var sessions = await Task.WhenAll(refreshes);

        Assert.Equal(1, tokens.Refreshes);
        Assert.All(sessions, static newer => Assert.Equal(New(), newer!.AccessToken));
        Assert.Equal(New(), (await user.SessionAsync(Token)).AccessToken);
        Assert.Equal(New(), (await user.RefreshAsync(session, Token))!.AccessToken);
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task An_expired_token_is_refreshed_before_it_is_used()
    {
        var tokens = new Tokens(Old(), New());
        tokens.Answer();
        var user = As(tokens);
        _clock.Advance(TimeSpan.FromMinutes(20));

        var sessions = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await user.SessionAsync(Token))));

        Assert.All(sessions, static session => Assert.Equal(New(), session.AccessToken));
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task Where_there_is_none_that_is_remembered_for_a_moment()
    {
        var tokens = new Tokens(Old(), newer: null);
        tokens.Answer();
        var user = As(tokens);
        _clock.Advance(TimeSpan.FromMinutes(20));

        await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));
        await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));
        Assert.Equal(1, tokens.Refreshes);

        _clock.Advance(TokenRefresh.Remembered);
        tokens.Newer = New();

        Assert.Equal(New(), (await user.SessionAsync(Token)).AccessToken);
        Assert.Equal(2, tokens.Refreshes);
    }

    [Fact]
    public async Task Who_gives_up_takes_nobody_along()
    {
        var tokens = new Tokens(Old(), New());
        var user = As(tokens);
        var session = await user.SessionAsync(Token);
        using var source = new CancellationTokenSource();

        var impatient = user.RefreshAsync(session, source.Token).AsTask();
        var patient = user.RefreshAsync(session, Token).AsTask();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        tokens.Answer();

        Assert.Equal(New(), (await patient)!.AccessToken);
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task What_failed_is_tried_again()
    {
        var tokens = new Tokens(Old(), New()) { Failures = 1 };
        tokens.Answer();
        var user = As(tokens);
        var session = await user.SessionAsync(Token);

        var failure = await Assert.ThrowsAsync<AccessTokenException>(async () => await user.RefreshAsync(session, Token));
        Assert.IsType<HttpRequestException>(failure.InnerException);

        Assert.Equal(New(), (await user.RefreshAsync(session, Token))!.AccessToken);
    }

    [Fact]
    public async Task Another_user_later_is_refused()
    {
        var token = Old();
        var user = TokenTests.As(() => token, clock: _clock);
        await user.SessionAsync(Token);

        foreach (var other in new[] { TokenTests.Claims(sub: "somebody else"), TokenTests.Claims(role: "anon") })
        {
            token = TokenTests.Sign(other);
            var failure = await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));
            Assert.DoesNotContain("somebody else", failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_later_token_of_the_same_user_takes_over()
    {
        var token = Old();
        var user = TokenTests.As(() => token, clock: _clock);
        var epoch = user.Epoch;
        await user.SessionAsync(Token);
        token = New();

        Assert.Equal(New(), (await user.SessionAsync(Token)).AccessToken);
        Assert.Equal(epoch + 1, user.Epoch);
        token = TokenTests.Sign(TokenTests.Claims(team: "red"));
        await user.SessionAsync(Token);
        Assert.Equal(epoch + 2, user.Epoch);
    }

    private static string Old() => TokenTests.Sign(TokenTests.Claims(expires: Now.AddMinutes(10)));

    private static string New() => TokenTests.Sign(TokenTests.Claims(expires: Now.AddHours(10)));

    private ActingUser As(IAccessTokenProvider tokens) => new(tokens, TokenTests.Rules(new SupabaseOptions { JwtSecret = "a-secret-of-these-tests-with-more-than-32-characters" }, _clock), verifies: true);

    /// <summary>Goes on handing out the old token, as a session that nobody has told.</summary>
    private sealed class Tokens(string old, string? newer) : IAccessTokenProvider
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _refreshes;

        public int Refreshes => _refreshes;

        public int Failures { get; set; }

        public string? Newer { get; set; } = newer;

        public void Answer() => _answer.SetResult();

        public ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken) => new(old);

        public async ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _refreshes);
            await _answer.Task;
            Assert.Equal(old, refused);
            return Failures-- > 0 ? throw new HttpRequestException("away") : Newer;
        }
    }
}
