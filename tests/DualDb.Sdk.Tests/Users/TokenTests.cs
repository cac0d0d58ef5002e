using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DualDb.Users;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Sdk.Tests.Users;

/// <summary>Which tokens are accepted, and what is said of those that are not.</summary>
public sealed class TokenTests
{
    private const string Secret = "a-secret-of-these-tests-with-more-than-32-characters";
    private const string Sub = "5f6b0b0e-user";
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_of_the_project_is_accepted()
    {
        var session = await As(() => Sign(Claims())).SessionAsync(Token);

        Assert.Equal((Sub, "authenticated"), (session.UserId, session.Role));
        Assert.Equal(Now.AddHours(1), session.ExpiresAt);
        Assert.DoesNotContain(session.AccessToken!, session.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Sub, session.ToString(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { "", "no access token" },
        { "  ", "no access token" },
        { "abc", "malformed" },
        { "a.b", "malformed" },
        { "a.b.c", "malformed" },
        { "a.b.c.d.e", "malformed" },
        { "Bearer " + Sign(Claims()), "malformed" },
        { new string('x', 1 << 20), "longer than" },
        { Sign(Claims(), secret: Secret + "!"), "signature" },
        { Sign(Claims())[..^2] + "AA", "signature" },
        { Sign(Claims(), header: """{"alg":"none"}"""), "algorithm" },
        { Unsigned(Claims()), "algorithm" },
        { Sign(Claims(), header: """{"alg":"HS512"}"""), "algorithm" },
        { Sign(Claims(), header: """{"alg":"hs256"}"""), "algorithm" },
        { Sign(Claims(), header: """{"typ":"JWT"}"""), "algorithm" },
        { Sign(Claims(), header: """{"alg":"HS256","crit":["b64"],"b64":false}"""), "extensions" },
        { Sign(Claims(), header: "[]"), "malformed" },
        { Sign("[]"), "malformed" },
        { Sign("null"), "malformed" },
        { Sign("{"), "malformed" },
        { Sign(Claims(role: "service_role")), "UserRoles" },
        { Sign(Claims(role: "postgres")), "UserRoles" },
        { Sign(Claims(role: "AUTHENTICATED")), "UserRoles" },
        { Sign(Claims(role: null)), "role" },
        { Sign(Claims(sub: null)), "sub" },
        { Sign(Claims(sub: "")), "sub" },
        { Sign(Claims(sub: "a\0b")), "malformed" },
        { Sign("""{"sub":5,"role":"authenticated"}"""), "malformed" },
        { Sign("""{"sub":"a","role":["authenticated"]}"""), "malformed" },
        { Sign("""{"sub":"a","sub":"b","role":"authenticated"}"""), "malformed" },
        { Sign("""{"sub":"a","role":"anon","role":"authenticated"}"""), "malformed" },
        { Sign("""{"sub":"a\ud800","role":"authenticated"}"""), "malformed" },
        { Sign("""{"sub":"a","role":"authenticated","exp":"tomorrow"}"""), "malformed" },
        { Sign("""{"sub":"a","role":"authenticated","exp":-1}"""), "malformed" },
        { Sign($$"""{"sub":"a","role":"authenticated","nbf":{{Now.AddMinutes(1).ToUnixTimeSeconds()}}}"""), "not good yet" },
        { Sign(Claims(expires: Now.AddSeconds(-31))), "expired" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_token_that_is_none_is_refused_and_not_told(string token, string reason)
    {
        var failure = await Assert.ThrowsAsync<AccessTokenException>(async () => await As(() => token).SessionAsync(Token));

        Assert.Contains(reason, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Sub, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
        if (token.Length > 5)
        {
            Assert.DoesNotContain(token, failure.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_missing_token_never_means_the_service()
        => await Assert.ThrowsAsync<AccessTokenException>(async () => await As(static () => null).SessionAsync(Token));

    [Fact]
    public async Task Clocks_may_differ_by_half_a_minute()
        => Assert.Equal(Sub, (await As(() => Sign(Claims(expires: Now.AddSeconds(-29)))).SessionAsync(Token)).UserId);

    [Fact]
    public async Task Without_keys_a_token_is_refused_over_sql()
    {
        var failure = await Assert.ThrowsAsync<AccessTokenException>(async () => await As(() => Sign(Claims()), new SupabaseOptions()).SessionAsync(Token));

        Assert.Contains("JwtSecret", failure.Message, StringComparison.Ordinal);
        Assert.Contains("FromVerifiedToken", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_server_verifies_no_keys_are_needed()
    {
        var user = new ActingUser(new DelegatedTokens(static _ => new ValueTask<string?>(Sign(Claims(), secret: "another"))), Rules(new SupabaseOptions()), verifies: false);

        Assert.Equal(Sub, (await user.SessionAsync(Token)).UserId);
    }

    [Fact]
    public async Task A_made_up_token_finds_nothing_that_is_kept_for_whom_it_claims_to_be()
    {
        var genuine = await OverRestAsync(Sign(Claims()), new SupabaseOptions());
        var forged = await OverRestAsync(Sign(Claims(), secret: "another"), new SupabaseOptions());
        var unsigned = await OverRestAsync(Unsigned(Claims()), new SupabaseOptions());
        var vouched = UserSession.FromVerifiedToken(Sign(Claims()));
        var keys = new SupabaseOptions { JwtSecret = Secret };

        Assert.Equal(4, new[] { genuine.Partition, forged.Partition, unsigned.Partition, vouched.Partition }.Distinct().Count());
        Assert.Equal(vouched.Partition, (await OverRestAsync(Sign(Claims()), keys)).Partition);
        Assert.Equal(forged.Partition, (await OverRestAsync(Sign(Claims(), secret: "another"), keys)).Partition);
        Assert.Equal(vouched.Partition, (await As(() => Sign(Claims(expires: Now.AddHours(2))), keys).SessionAsync(Token)).Partition);

        static ValueTask<UserSession> OverRestAsync(string token, SupabaseOptions options)
            => new ActingUser(new DelegatedTokens(_ => new ValueTask<string?>(token)), Rules(options), verifies: false).SessionAsync(Token);
    }

    [Fact]
    public async Task Keys_of_both_kinds_verify_what_they_signed()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var options = new SupabaseOptions { JwtKeys = KeySet(curve, rsa) };
        var es = Signed("""{"alg":"ES256","kid":"curve"}""", Claims(), data => curve.SignData(data, HashAlgorithmName.SHA256));
        var rs = Signed("""{"alg":"RS256","kid":"rsa"}""", Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var nameless = Signed("""{"alg":"ES256"}""", Claims(), data => curve.SignData(data, HashAlgorithmName.SHA256));

        foreach (var token in new[] { es, rs, nameless })
        {
            Assert.Equal(Sub, (await As(() => token, options).SessionAsync(Token)).UserId);
        }
    }

    [Fact]
    public async Task The_algorithm_is_the_keys_and_not_the_tokens()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        var set = KeySet(curve, rsa);
        var options = new SupabaseOptions { JwtKeys = set };
        string[] forged =
        [
            // Signed with what anybody may know, as if it were a secret.
            Sign(Claims(), secret: set, header: """{"alg":"HS256","kid":"rsa"}"""),
            Sign(Claims(), secret: Convert.ToBase64String(rsa.ExportRSAPublicKey()), header: """{"alg":"HS256","kid":"rsa"}"""),
            Signed("""{"alg":"RS256","kid":"curve"}""", Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            Signed("""{"alg":"RS256","kid":"unknown"}""", Claims(), data => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
            Signed("""{"alg":"ES256","kid":"curve"}""", Claims(), static _ => new byte[64]),
            Signed("""{"alg":"ES256","kid":"curve"}""", Claims(), static _ => []),
        ];

        foreach (var token in forged)
        {
            await Assert.ThrowsAsync<AccessTokenException>(async () => await As(() => token, options).SessionAsync(Token));
        }
    }

    [Theory]
    [InlineData("service_role")]
    [InlineData("SERVICE_ROLE")]
    [InlineData("postgres")]
    [InlineData("none")]
    [InlineData("pg_read_all_data")]
    [InlineData(" ")]
    public void A_role_that_sees_everything_cannot_be_listed(string role)
    {
        var options = new SupabaseOptions();
        options.UserRoles.Add(role);

        Assert.Contains("UserRoles", Assert.Single(UserRules.Validate(options)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("not json")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""")]
    [InlineData("""{"keys":[{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","n":5,"e":"AQAB"}]}""")]
    public void A_key_set_that_is_none_is_told(string keys)
        => Assert.Contains("JwtKeys", Assert.Single(UserRules.Validate(new SupabaseOptions { JwtKeys = keys })), StringComparison.Ordinal);

    [Fact]
    public void A_short_secret_is_told_and_not_repeated()
    {
        var fault = Assert.Single(UserRules.Validate(new SupabaseOptions { JwtSecret = "too-short" }));

        Assert.Contains("JwtSecret", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("too-short", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_user_that_is_none_is_refused(string user) => Assert.Throws<ArgumentException>(() => new UserSession(user));

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Throws<ArgumentException>(static () => new UserSession(new string(['a', '\ud800', 'b'])));

    [Fact]
    public void A_session_of_another_role_is_refused_at_once()
    {
        var database = new SupabaseDatabase(new SupabaseOptions());

        Assert.Throws<AccessTokenException>(() => database.AsUser(new UserSession(Sub, "service_role")));
        Assert.Throws<AccessTokenException>(() => UserSession.FromVerifiedToken("no token"));
    }

    [Fact]
    public void What_changes_from_token_to_token_keeps_nobody_apart()
    {
        var first = UserSession.FromVerifiedToken(Sign("""{"sub":"a","role":"authenticated","exp":1,"iat":1,"jti":"x","session_id":"s","team":"red"}"""));
        var second = UserSession.FromVerifiedToken(Sign("""{"team":"red","role":"authenticated","sub":"a","exp":2,"iat":2,"jti":"y","session_id":"t"}"""));
        var other = UserSession.FromVerifiedToken(Sign("""{"sub":"a","role":"authenticated","team":"blue"}"""));

        Assert.Equal(first.Partition, second.Partition);
        Assert.NotEqual(first.Partition, other.Partition);
        Assert.NotEqual(new UserSession("a").Partition, new UserSession("b").Partition);
        Assert.NotEqual(new UserSession("a").Partition, new UserSession("a", "anon").Partition);
    }

    internal static ActingUser As(Func<string?> token, SupabaseOptions? options = null, TimeProvider? clock = null)
        => new(new DelegatedTokens(_ => new ValueTask<string?>(token())), Rules(options ?? new SupabaseOptions { JwtSecret = Secret }, clock), verifies: true);

    internal static UserRules Rules(SupabaseOptions options, TimeProvider? clock = null) => new(options, clock ?? new FakeTimeProvider(Now));

    internal static string Claims(string? sub = Sub, string? role = "authenticated", DateTimeOffset? expires = null, string? team = null)
        => new JsonObject { ["sub"] = sub, ["role"] = role, ["exp"] = (expires ?? Now.AddHours(1)).ToUnixTimeSeconds(), ["team"] = team }.ToJsonString();

    internal static string Sign(string payload, string secret = Secret, string header = """{"alg":"HS256","typ":"JWT"}""")
        => Signed(header, payload, data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));

    private static string Unsigned(string payload) => $"{Encode("""{"alg":"none"}""")}.{Encode(payload)}.";

    private static string Signed(string header, string payload, Func<byte[], byte[]> sign)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static string KeySet(ECDsa curve, RSA rsa)
    {
        var point = curve.ExportParameters(includePrivateParameters: false).Q;
        var numbers = rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "curve", ["alg"] = "ES256", ["use"] = "sig", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) },
                new JsonObject { ["kty"] = "RSA", ["kid"] = "rsa", ["n"] = Base64Url.EncodeToString(numbers.Modulus), ["e"] = Base64Url.EncodeToString(numbers.Exponent) },
                new JsonObject { ["kty"] = "OKP", ["crv"] = "Ed25519", ["kid"] = "other", ["x"] = "AA" }),
        }.ToJsonString();
    }
}
