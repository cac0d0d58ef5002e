using System.Text.Json.Nodes;
using DualDb.IntegrationTests.Users;

namespace DualDb.IntegrationTests.Rest.Faults;

/// <summary>Tokens that the server no longer takes: one refresh, and every call goes on.</summary>
public sealed class ExpiredTokenTests
{
    private static readonly string Old = Jwt.Of(Estate.Alice, new JsonObject { ["turn"] = 1 });
    private static readonly string New = Jwt.Of(Estate.Alice, new JsonObject { ["turn"] = 2 });

    private static readonly Reply Expired = Reply.Json(401, """{"code":"PGRST303","details":null,"hint":null,"message":"JWT expired"}""");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_calls_refresh_a_token_once()
    {
        var tokens = new Tokens(New);
        await using var server = ScriptedServer.Start(static (request, _) => request.Token == New ? Reply.OneRow : Expired);
        await using var db = FaultyPlace.Open(server);
        var user = db.AsUser(tokens);

        var entries = await FaultyPlace.WithinDeadline(Task.WhenAll(Enumerable.Range(0, 500).Select(call => call % 2 == 0
            ? user.RestEntries.GetAsync("a", Token).AsTask()
            : user.RestEntries.InsertAsync(new RestEntry("a", "n", 1, Weather.Calm, 2), Token))));

        Assert.Equal(500, entries.Length);
        Assert.Equal(1, tokens.Refreshes);
        Assert.Equal(250, server.Received.Count(static request => request.Token == New && request.IsRead));
        Assert.Equal(250, server.Received.Count(static request => request.Token == New && !request.IsRead));
        Assert.All(server.Received, static request => Assert.Equal(FaultyPlace.PublishableKey, request.Headers["apikey"]));
    }

    [Fact]
    public async Task A_token_that_expires_in_the_middle_is_refreshed_once()
    {
        var tokens = new Tokens(New);
        await using var server = ScriptedServer.Start(static (request, number) => request.Token == New || number <= 250 ? Reply.OneRow : Expired);
        await using var db = FaultyPlace.Open(server);
        var user = db.AsUser(tokens);

        var entries = await FaultyPlace.WithinDeadline(Task.WhenAll(Enumerable.Range(0, 500).Select(_ => user.RestEntries.GetAsync("a", Token).AsTask())));

        Assert.Equal(500, entries.Length);
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task A_count_whose_refusal_has_no_body_gets_a_newer_token_too()
    {
        var tokens = new Tokens(New);
        await using var server = ScriptedServer.Start(static (request, _) => request.Method == "HEAD"
            ? request.Token == New ? Reply.Empty(206, "Content-Range: */7") : Reply.Empty(401, "Proxy-Status: PostgREST; error=PGRST303")
            : request.Token == New ? Reply.OneRow : Expired);
        await using var db = FaultyPlace.Open(server);

        Assert.Equal(7, await FaultyPlace.WithinDeadline(db.AsUser(tokens).RestEntries.CountAsync(Token)));
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task Without_a_newer_token_the_refusal_is_told()
    {
        var tokens = new Tokens(newer: null);
        await using var server = ScriptedServer.Start(Expired);
        await using var db = FaultyPlace.Open(server);

        var failure = await FaultyPlace.FailureAsync<AccessTokenException>(() => db.AsUser(tokens).RestEntries.FindAsync("a", Token).AsTask(), "FindAsync", Old, New);
        Assert.Contains("PGRST303", failure.Message, StringComparison.Ordinal);
        await FaultyPlace.FailureAsync<AccessTokenException>(
            () => db.AsUser(static () => Old).RestEntries.InsertAsync(new RestEntry("a", "n", 1, Weather.Calm), Token), "InsertAsync", Old, New);
        Assert.Equal(1, tokens.Refreshes);
    }

    [Fact]
    public async Task A_newer_token_that_is_refused_as_well_ends_the_call()
    {
        var tokens = new Tokens(New);
        await using var server = ScriptedServer.Start(Expired);
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<AccessTokenException>(() => db.AsUser(tokens).RestEntries.FindAsync("a", Token).AsTask(), "FindAsync", Old, New);
        Assert.Equal(2, server.Received.Count);
        Assert.Equal(1, tokens.Refreshes);
    }

    [Theory]
    [InlineData("""{"code":"PGRST301","details":"None of the keys was able to decode the JWT","hint":null,"message":"No suitable key or wrong key type"}""")]
    [InlineData("""{"code":"PGRST302","details":null,"hint":null,"message":"Anonymous access is disabled"}""")]
    public async Task A_token_that_was_never_good_is_told(string refusal)
    {
        var tokens = new Tokens(New);
        await using var server = ScriptedServer.Start(Reply.Json(401, refusal));
        await using var db = FaultyPlace.Open(server);

        await FaultyPlace.FailureAsync<AccessTokenException>(() => db.AsUser(tokens).RestEntries.FindAsync("a", Token).AsTask(), "FindAsync", Old, New);
        Assert.Equal(0, tokens.Refreshes);
    }

    private sealed class Tokens(string? newer) : IAccessTokenProvider
    {
        private int _refreshes;

        public int Refreshes => _refreshes;

        public ValueTask<string?> GetAccessTokenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(Old);

        public async ValueTask<string?> RefreshAccessTokenAsync(string refused, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _refreshes);
            await Task.Yield();
            return newer;
        }
    }
}
