using System.Net;

namespace DualDb.Testing.Tests.Supabase;

/// <summary>Keys and signed tokens decide what row-level security shows.</summary>
public sealed class UserTests(SharedSupabase supabase) : IClassFixture<SharedSupabase>
{
    private static readonly Guid Ada = Guid.NewGuid();
    private static readonly Guid Bob = Guid.NewGuid();

    private LocalSupabase Api => supabase.Api;

    [Fact]
    public async Task A_user_writes_and_sees_rows_of_its_own_alone()
    {
        var (ada, bob) = (Api.SignToken(Ada), Api.SignToken(Bob.ToString()));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(new { body = "of ada" }, ada)).Status);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(new { body = "of bob" }, bob)).Status);
        Assert.Equal((HttpStatusCode.OK, """[{"body":"of ada"}]"""), await GetAsync(Api.PublishableKey, ada));
        Assert.Equal((HttpStatusCode.OK, """[{"body":"of bob"}]"""), await GetAsync(Api.PublishableKey, bob));

        var theirs = await PostAsync(new { body = "of bob", owner = Bob }, ada);
        Assert.Equal(HttpStatusCode.Forbidden, theirs.Status);
        Assert.Contains("42501", theirs.Body, StringComparison.Ordinal);

        var all = await GetAsync(Api.SecretKey);
        Assert.Contains("of ada", all.Body, StringComparison.Ordinal);
        Assert.Contains("of bob", all.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_shown_or_written()
    {
        Assert.Equal((HttpStatusCode.OK, "[]"), await GetAsync(Api.PublishableKey));
        var refused = await PostAsync(new { body = "nobody's", owner = Ada }, token: null);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.Status);
        Assert.Contains("42501", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_that_expired_or_are_of_another_secret_are_refused()
    {
        var expired = await GetAsync(Api.PublishableKey, Api.SignToken(Ada, expiresIn: TimeSpan.FromMinutes(-5)));
        Assert.Equal(HttpStatusCode.Unauthorized, expired.Status);
        Assert.Contains("PGRST303", expired.Body, StringComparison.Ordinal);

        var token = Api.SignToken(Ada);
        var altered = await GetAsync(Api.PublishableKey, token[..^4] + (token.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"));
        Assert.Equal(HttpStatusCode.Unauthorized, altered.Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await GetAsync("sb_publishable_other")).Status);
    }

    [Fact]
    public async Task The_service_role_passes_by_and_a_revoked_right_stays_revoked()
    {
        await Sql.ScalarAsync(Api.ConnectionString, "revoke all on kind from anon");
        Assert.Equal(HttpStatusCode.Unauthorized, (await RestCall.GetAsync(Api.Url, "/rest/v1/kind", Api.PublishableKey)).Status);
        var service = Api.SignToken(Ada, role: "service_role");
        Assert.Equal(HttpStatusCode.OK, (await RestCall.GetAsync(Api.Url, "/rest/v1/kind?limit=0", Api.PublishableKey, service)).Status);
    }

    private Task<(HttpStatusCode Status, string Body)> GetAsync(string key, string? token = null) =>
        RestCall.GetAsync(Api.Url, "/rest/v1/note?select=body", key, token);

    private Task<(HttpStatusCode Status, string Body)> PostAsync(object row, string? token) =>
        RestCall.PostAsync(Api.Url, "/rest/v1/note?select=body", row, Api.PublishableKey, token);
}
