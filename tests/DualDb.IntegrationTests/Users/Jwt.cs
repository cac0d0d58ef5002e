using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DualDb.IntegrationTests.Users;

/// <summary>Signs tokens of test users.</summary>
internal static class Jwt
{
    public static string Of(Guid user, JsonObject? claims = null, string role = "authenticated", TimeSpan? lifetime = null, string secret = Estate.Secret)
        => Of(user.ToString(), claims, role, lifetime, secret);

    public static string Of(string? user, JsonObject? claims = null, string? role = "authenticated", TimeSpan? lifetime = null, string secret = Estate.Secret)
    {
        var all = claims is null ? new JsonObject() : (JsonObject)claims.DeepClone();
        all["sub"] = user;
        all["role"] = role;
        all["exp"] = (DateTimeOffset.UtcNow + (lifetime ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds();
        return Sign("""{"alg":"HS256","typ":"JWT"}""", all.ToJsonString(), secret);
    }

    public static string Sign(string header, string payload, string secret = Estate.Secret)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    public static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
