using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace DualDb.AspNetCore.Tests;

/// <summary>Signs tokens of test users.</summary>
internal static class Tokens
{
    public const string Secret = "a-secret-of-these-tests-with-more-than-32-characters";

    public static string Of(Guid user, string secret = Secret, string role = "authenticated")
    {
        var expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds();
        var signed = $"{Encode("""{"alg":"HS256"}""")}.{Encode($$"""{"sub":"{{user}}","role":"{{role}}","exp":{{expires}}}""")}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
