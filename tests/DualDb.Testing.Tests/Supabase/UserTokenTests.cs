using System.Buffers.Text;
using System.Text.Json;
using DualDb.Testing.Supabase;

namespace DualDb.Testing.Tests.Supabase;

public sealed class UserTokenTests
{
    private const string Secret = "a secret of more than thirty-two bytes";
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void It_holds_the_claims_of_a_user()
    {
        var claims = Sign(TimeSpan.FromHours(1), claims: null);
        Assert.Equal("ada", claims.GetProperty("sub").GetString());
        Assert.Equal("authenticated", claims.GetProperty("role").GetString());
        Assert.Equal(Now.ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
        Assert.Equal(Now.ToUnixTimeSeconds() + 3600, claims.GetProperty("exp").GetInt64());
    }

    [Fact]
    public void One_that_expired_was_issued_before() => Assert.True(Sign(TimeSpan.FromHours(-1), claims: null).GetProperty("iat").GetInt64() < Now.ToUnixTimeSeconds());

    [Fact]
    public void Claims_of_the_callers_own_are_added_replaced_and_left_out()
    {
        var id = Guid.NewGuid();
        var claims = Sign(TimeSpan.FromHours(1), new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["sub"] = id,
            ["aud"] = null,
            ["verified"] = true,
            ["level"] = 7,
            ["share"] = 0.5,
            ["app_metadata"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["teams"] = new[] { "a", "b" }, ["none"] = null },
        });
        Assert.Equal(id, claims.GetProperty("sub").GetGuid());
        Assert.False(claims.TryGetProperty("aud", out _));
        Assert.True(claims.GetProperty("verified").GetBoolean());
        Assert.Equal(7, claims.GetProperty("level").GetInt32());
        Assert.Equal(0.5, claims.GetProperty("share").GetDouble());
        Assert.Equal("""{"teams":["a","b"],"none":null}""", claims.GetProperty("app_metadata").GetRawText());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(float.NaN)]
    public void A_number_without_a_form_in_json_is_told(object number)
    {
        var failure = Assert.Throws<ArgumentException>(() => Sign(TimeSpan.Zero, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = number }));
        Assert.Contains("A claim holds", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_beyond_all_dates_is_refused()
    {
        Assert.Equal("expiresIn", Assert.Throws<ArgumentOutOfRangeException>(() => Sign(TimeSpan.MaxValue, claims: null)).ParamName);
        Assert.Equal("expiresIn", Assert.Throws<ArgumentOutOfRangeException>(() => Sign(TimeSpan.MinValue, claims: null)).ParamName);
    }

    [Fact]
    public void A_claim_without_a_form_in_json_is_refused() =>
        Assert.Throws<ArgumentException>(() => Sign(TimeSpan.Zero, new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = new object() }));

    private static JsonElement Sign(TimeSpan expiresIn, IReadOnlyDictionary<string, object?>? claims)
    {
        var token = UserToken.Sign(Secret, "ada", "authenticated", Now, expiresIn, claims);
        return JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1])).RootElement;
    }
}
