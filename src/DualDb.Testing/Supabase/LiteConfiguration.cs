using System.Globalization;
using System.Text;

namespace DualDb.Testing.Supabase;

/// <summary>Supabase Lite's config.toml: the API and signing in, without mail, storage and seeds.</summary>
internal sealed record LiteConfiguration(LocalSupabaseOptions Options, LiteKeys Keys, string DatabaseUri)
{
    public string ToText(int port)
    {
        var text = new StringBuilder();
        var schemas = string.Join(", ", Options.Schemas.Append(DatabasePreparation.Schema).Select(Quote));
        text.Append(CultureInfo.InvariantCulture, $"[api]\nport = {port}\nschemas = [{schemas}]\nmax_rows = {Options.MaxRows}\n");
        text.Append(CultureInfo.InvariantCulture, $"aggregates_enabled = {(Options.AggregatesEnabled ? "true" : "false")}\n");
        text.Append(CultureInfo.InvariantCulture, $"[db]\ndriver = \"postgres\"\nurl = {Quote(DatabaseUri)}\n");
        text.Append(CultureInfo.InvariantCulture, $"[auth]\nenabled = true\nsite_url = \"http://127.0.0.1:{port}\"\njwt_expiry = 3600\nenable_signup = true\n");
        text.Append(CultureInfo.InvariantCulture, $"jwt_secret = {Quote(Keys.JwtSecret)}\npublishable_key = {Quote(Keys.Publishable)}\nsecret_key = {Quote(Keys.Secret)}\n");
        text.Append("[auth.email]\nenable_confirmations = false\n[storage]\nenabled = false\n");
        return text.ToString();
    }

    // Every letter may be written as an escape, which spares knowing what else is special.
    private static string Quote(string text) =>
        '"' + string.Concat(text.Select(static letter =>
            char.IsAsciiLetterOrDigit(letter) || letter > 127 ? letter.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}"))) + '"';
}
