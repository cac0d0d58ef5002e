using System.Security.Cryptography;

namespace DualDb.Testing.Supabase;

/// <summary>What opens a server, as the options name it or drawn anew: one server's keys must not open another.</summary>
internal sealed record LiteKeys(string JwtSecret, string Publishable, string Secret)
{
    public static LiteKeys From(LocalSupabaseOptions options) =>
        new(options.JwtSecret ?? Draw(64), options.PublishableKey ?? "sb_publishable_" + Draw(32), options.SecretKey ?? "sb_secret_" + Draw(32));

    private static string Draw(int length) => RandomNumberGenerator.GetHexString(length, lowercase: true);
}
