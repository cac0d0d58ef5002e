using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests;

public sealed class CurrentUserTests(MemoServers servers)
{
    private static readonly string Alice = Tokens.Of(MemoServers.Alice);
    private static readonly string Bob = Tokens.Of(MemoServers.Bob);
    private static readonly string Forged = Tokens.Of(MemoServers.Bob, secret: "somebody else's secret, of more than 32 characters");

    [Fact]
    public async Task A_verified_token_is_the_users()
    {
        await using var app = await Application.StartAsync(servers.Address);

        Assert.Equal("1", await app.GetAsync(header: Alice, verified: Alice));
        Assert.Equal("2", await app.GetAsync(header: Bob, verified: Bob));
    }

    [Fact]
    public async Task Requests_at_once_each_act_as_their_own_user()
    {
        await using var app = await Application.StartAsync(servers.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => app.GetAsync(verified: number % 2 == 0 ? Alice : Bob)));

        Assert.All(answers.Index(), static answer => Assert.Equal(answer.Index % 2 == 0 ? "1" : "2", answer.Item));
    }

    [Fact]
    public async Task A_token_that_nobody_verified_is_verified_with_the_secret()
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret);

        Assert.Equal("1", await app.GetAsync(header: Alice));
        Assert.StartsWith("401", await app.GetAsync(header: Forged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_nobody_can_verify_is_refused()
    {
        await using var app = await Application.StartAsync(servers.Address);

        Assert.StartsWith("401", await app.GetAsync(header: Alice), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_does_not_vouch_for_the_token_beside_it()
    {
        await using var app = await Application.StartAsync(servers.Address);
        await using var verifying = await Application.StartAsync(servers.Address, Tokens.Secret);
        var bob = MemoServers.Bob.ToString();

        Assert.StartsWith("401", await app.GetAsync(header: Forged, cookie: bob), StringComparison.Ordinal);
        Assert.StartsWith("401", await verifying.GetAsync(header: Forged, cookie: bob), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(cookie: bob), StringComparison.Ordinal);
        Assert.Equal("2", await verifying.GetAsync(header: Bob, cookie: bob));
    }

    [Fact]
    public async Task A_token_of_another_than_the_user_of_the_request_is_refused()
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret, allowAnonymous: true);

        Assert.StartsWith("401", await app.GetAsync(header: Bob, cookie: MemoServers.Alice.ToString()), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(header: Bob, cookie: "nobody told"), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(header: Bob, cookie: MemoServers.Alice.ToString(), path: "/one"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/one")]
    [InlineData("/both")]
    public async Task The_token_that_a_scheme_of_the_policy_has_verified_counts_and_not_the_one_in_the_header(string path)
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret);
        await using var trusting = await Application.StartAsync(servers.Address);

        Assert.Equal("1", await app.GetAsync(header: Bob, verified: Alice, path: path));
        Assert.Equal("1", await trusting.GetAsync(verified: Alice, path: path));
        Assert.Equal("2", await trusting.GetAsync(header: Alice, verified: Bob, path: path));
    }

    [Fact]
    public async Task Of_two_schemes_both_have_to_mean_the_same_user()
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret);

        Assert.Equal("2", await app.GetAsync(other: Bob, path: "/both"));
        Assert.Equal("2", await app.GetAsync(verified: Bob, other: Bob, path: "/both"));
        Assert.Equal("2", await app.GetAsync(verified: Bob, otherCookie: MemoServers.Bob.ToString(), path: "/both"));
        Assert.StartsWith("401", await app.GetAsync(verified: Alice, other: Bob, path: "/both"), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(verified: Alice, otherCookie: MemoServers.Bob.ToString(), path: "/both"), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(cookie: MemoServers.Alice.ToString(), other: Bob, path: "/both"), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(header: Alice, cookie: MemoServers.Alice.ToString(), otherCookie: MemoServers.Bob.ToString(), path: "/both"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_says_bearer_has_to_bring_exactly_one_token()
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret, allowAnonymous: true);

        foreach (var value in new[] { "Bearer", "bearer ", "Bearer ,", $"Bearer {Alice}, Bearer {Bob}", $"Bearer {Alice} {Bob}", "Bearer\tgarbage" })
        {
            Assert.StartsWith("401", await app.SendAsync("/", ("Authorization", value)), StringComparison.Ordinal);
        }

        Assert.StartsWith("401", await app.SendAsync("/", ("Authorization", "Bearer " + Alice), ("Authorization", "Bearer " + Alice)), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.SendAsync("/", ("Authorization", "Basic eDp5"), ("Authorization", "Bearer " + Alice)), StringComparison.Ordinal);
        Assert.Equal("1", await app.SendAsync("/", ("Authorization", "bearer  " + Alice)));
        Assert.Equal("0", await app.SendAsync("/", ("Authorization", "Basic eDp5")));
        Assert.Equal("0", await app.SendAsync("/", ("Authorization", "Bearers " + Alice)));
    }

    [Fact]
    public async Task A_request_without_a_user_is_refused_unless_allowed()
    {
        await using var strict = await Application.StartAsync(servers.Address, Tokens.Secret);
        await using var open = await Application.StartAsync(servers.Address, Tokens.Secret, allowAnonymous: true);

        Assert.StartsWith("401", await strict.GetAsync(), StringComparison.Ordinal);
        Assert.Equal("0", await open.GetAsync());
        Assert.Equal("1", await open.GetAsync(header: Alice));
        Assert.StartsWith("401", await open.GetAsync(header: Forged), StringComparison.Ordinal);
        Assert.StartsWith("401", await open.GetAsync(header: "garbage"), StringComparison.Ordinal);
        Assert.StartsWith("401", await open.GetAsync(cookie: "somebody"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_answer_tells_the_token()
    {
        await using var app = await Application.StartAsync(servers.Address);

        Assert.DoesNotContain(Forged, await app.GetAsync(header: Forged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_of_a_request_there_is_no_user()
    {
        await using var app = await Application.StartAsync(servers.Address, Tokens.Secret, allowAnonymous: true);
        await using var scope = app.Services.CreateAsyncScope();

        Assert.Throws<AccessTokenException>(() => scope.ServiceProvider.GetRequiredService<CurrentUser<IMemoDb>>().Db);
        Assert.Equal(3, await scope.ServiceProvider.GetRequiredService<IMemoDb>().Memos.CountAsync());
    }

    [Fact]
    public void A_test_hands_over_a_root_of_its_own()
    {
        using var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (servers.Address, servers.Address));

        Assert.Same(root, new CurrentUser<IMemoDb>(root).Db);
    }
}
