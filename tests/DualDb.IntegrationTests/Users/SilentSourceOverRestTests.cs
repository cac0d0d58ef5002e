using DualDb.IntegrationTests.Rest.Faults;

namespace DualDb.IntegrationTests.Users;

/// <summary>Sources of tokens that do not answer, where the call has a deadline of its own.</summary>
public sealed class SilentSourceOverRestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_source_is_named_and_not_a_lock_of_the_server(bool isRefresh)
    {
        var expired = Jwt.Of(Estate.Alice, lifetime: TimeSpan.FromHours(-1));
        var tokens = new Silent(isRefresh ? expired : null);
        await using var server = ScriptedServer.Start(Reply.OneRow);
        await using var root = FaultyPlace.Open(server, static options => options.CommandTimeout = TimeSpan.FromSeconds(2));

        var failure = await FaultyPlace.FailureAsync<AccessTokenException>(() => root.AsUser(tokens).RestEntries.FindAsync("a", Token).AsTask(), "FindAsync", expired);

        Assert.Contains("did not answer in time", failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Received);
    }

    /// <summary>Answers with its token, if it has one, and never with a newer one.</summary>
    private sealed class Silent(string? token) : IAccessTokenProvider
    {
        public ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken)
            => token is not null ? ValueTask.FromResult<string?>(token) : new(new TaskCompletionSource<string?>().Task);

        public ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken) => new(new TaskCompletionSource<string?>().Task);
    }
}
