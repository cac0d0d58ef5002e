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

        Assert.StartsWith("401", await app.GetAsync(header: Forged, cookie: true), StringComparison.Ordinal);
        Assert.StartsWith("401", await verifying.GetAsync(header: Forged, cookie: true), StringComparison.Ordinal);
        Assert.StartsWith("401", await app.GetAsync(cookie: true), StringComparison.Ordinal);
        Assert.Equal("2", await verifying.GetAsync(header: Bob, cookie: true));
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
        Assert.StartsWith("401", await open.GetAsync(cookie: true), StringComparison.Ordinal);
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
        using var root = MemoDb.Create(options => options.Supabase.ConnectionString = servers.Address);

        Assert.Same(root, new CurrentUser<IMemoDb>(root).Db);
    }
}
