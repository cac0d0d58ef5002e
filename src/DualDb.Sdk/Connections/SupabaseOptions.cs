namespace DualDb;

/// <summary>
/// How Supabase is reached: over SQL by <see cref="DatabaseOptions.ConnectionString"/>, or over its REST API by <see cref="Url"/> and <see cref="ApiKey"/>.
/// Where both are set, SQL is used: it is faster, and knows transactions.
/// </summary>
public sealed partial class SupabaseOptions : DatabaseOptions
{
    /// <summary>
    /// The project's address, such as <c>https://abcdefgh.supabase.co</c>. Null takes the key <c>Url</c> of the configuration section, then the
    /// environment variable <c>SUPABASE_URL</c>.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>
    /// The key that requests carry which act as no user. A publishable key (or the older anon key) acts under row-level security as <c>anon</c>; a
    /// secret key (or the older service_role key) passes by it, and must never leave the server. Null takes the configuration, then
    /// <c>SUPABASE_PUBLISHABLE_KEY</c> or <c>SUPABASE_ANON_KEY</c>, which must not hold a secret key.
    /// </summary>
    public string? ApiKey { get; set; }

    /// <summary>
    /// The key that requests carry which act as a user (<c>AsUser</c>). Null takes <see cref="ApiKey"/> where that is publishable. A secret key is
    /// refused here: a request that lost its token would have all rights.
    /// </summary>
    public string? PublishableKey { get; set; }

    /// <summary>
    /// Gives the client that requests over REST are sent with. Null takes the container's <c>IHttpClientFactory</c> (the client named
    /// <c>DualDb.Supabase</c>) where there is one, else connections of the SDK's own. Never set a token on it: it serves all users.
    /// </summary>
    public Func<HttpClient>? CreateHttpClient { get; set; }

    /// <summary>Whether the database is reached over REST.</summary>
    internal bool UsesRest => string.IsNullOrWhiteSpace(ConnectionString) && !string.IsNullOrWhiteSpace(Url);
}
