using DualDb.Users;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Sdk.Tests.Users;

/// <summary>Which of several tokens of one user is taken.</summary>
public sealed class NewerTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _clock = new(Now);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_that_come_expired_are_refused_however_many_there_are()
    {
        var number = 0;
        var user = TokenTests.As(() => Expiring(TimeSpan.FromHours(-5) + TimeSpan.FromMinutes(++number)), clock: _clock);

        for (var call = 0; call < 3; call++)
        {
            var failure = await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));
            Assert.Contains("expired", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_refresh_that_brings_an_expired_token_brings_none()
    {
        var source = new Source(() => Expiring(TimeSpan.FromHours(-5)), static _ => Expiring(TimeSpan.FromHours(-4)));
        var user = As(source);

        await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));
        await Assert.ThrowsAsync<AccessTokenException>(async () => await user.SessionAsync(Token));

        Assert.Equal(1, source.Refreshes);
    }

    [Fact]
    public async Task A_source_that_goes_on_handing_out_the_first_token_is_asked_once_per_expiry()
    {
        var first = Expiring(TimeSpan.FromMinutes(-5));
        var issued = 0;
        var source = new Source(() => first, _ => Expiring(_clock.GetUtcNow() - Now + TimeSpan.FromHours(1), turn: ++issued));
        var user = As(source);

        for (var expiry = 1; expiry <= 20; expiry++)
        {
            var sessions = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await user.SessionAsync(Token))));
            Assert.Equal(expiry, source.Refreshes);
            Assert.Single(sessions.Select(static session => session.AccessToken).Distinct());
            Assert.Equal(sessions[0].AccessToken, (await user.SessionAsync(Token)).AccessToken);
            Assert.Equal(expiry, source.Refreshes);
            _clock.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task A_token_that_is_due_as_it_arrives_is_used_before_the_next_is_asked_for()
    {
        // As where the clock of this machine is ahead.
        var source = new Source(static () => Expiring(TimeSpan.FromSeconds(-1)), _ => Expiring(_clock.GetUtcNow() - Now - TimeSpan.FromSeconds(10), turn: 1));
        var user = As(source);

        var newer = await user.SessionAsync(Token);

        Assert.Same(newer, await user.SessionAsync(Token));
        Assert.Equal(1, source.Refreshes);
        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.NotSame(newer, await user.SessionAsync(Token));
        Assert.Equal(2, source.Refreshes);
    }

    [Fact]
    public async Task A_token_with_less_time_and_more_rights_takes_over()
    {
        var token = Expiring(TimeSpan.FromHours(10));
        var user = TokenTests.As(() => token, clock: _clock);
        await user.SessionAsync(Token);

        token = Expiring(TimeSpan.FromMinutes(10), turn: 1);

        Assert.Equal(token, (await user.SessionAsync(Token)).AccessToken);
    }

    [Fact]
    public async Task Whoever_signs_in_again_while_a_refresh_is_under_way_keeps_the_token_of_that()
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var token = Expiring(TimeSpan.FromMinutes(-5));
        var user = As(new Source(_ => Task.FromResult<string?>(token), _ => answer.Task));
        var waiting = user.SessionAsync(Token).AsTask();

        token = Expiring(TimeSpan.FromHours(2));
        Assert.Equal(token, (await user.SessionAsync(Token)).AccessToken);
        answer.SetResult(Expiring(TimeSpan.FromHours(1)));

        Assert.Equal(token, (await waiting).AccessToken);
        Assert.Equal(token, (await user.SessionAsync(Token)).AccessToken);
    }

    private static string Expiring(TimeSpan fromNow, int turn = 0)
        => TokenTests.Sign(TokenTests.Claims(expires: Now + fromNow, team: turn == 0 ? null : $"turn {turn}"));

    private ActingUser As(IAccessTokenProvider tokens) => new(tokens, TokenTests.Rules(new SupabaseOptions { JwtSecret = "a-secret-of-these-tests-with-more-than-32-characters" }, _clock), verifies: true);
}
