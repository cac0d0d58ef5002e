using System.Net.Http.Headers;

namespace DualDb.Rest;

/// <summary>The connections to one project's REST server, with what every request carries.</summary>
internal sealed class RestChannel : IDisposable
{
    private readonly SupabaseOptions _options;
    private readonly Uri _base;
    private readonly Lazy<HttpClient>? _own;

    public RestChannel(SupabaseOptions options)
    {
        _options = options;
        _base = new Uri(options.Url!.TrimEnd('/') + "/rest/v1/", UriKind.Absolute);
        _own = options.CreateHttpClient is null ? new Lazy<HttpClient>(CreateHttp) : null;
    }

    /// <summary>What the answers have taught of the server's limit.</summary>
    public RowLimit Limit { get; } = new(TimeProvider.System);

    /// <summary>The client: a factory's is new each time, so that the factory can renew the connections behind it.</summary>
    public HttpClient Http => _own?.Value ?? _options.CreateHttpClient!();

    public Uri AddressOf(RestRequest request) => new(_base, request.Address());

    /// <summary>
    /// Adds the key and the token. A user's request carries the publishable key: with a secret one, a token that got lost would leave the request
    /// with all rights.
    /// </summary>
    /// <param name="headers">The headers of one request; never those of the client, which users share.</param>
    /// <param name="session">The user; null for none.</param>
    /// <exception cref="DualDbConfigurationException">There is no key for users.</exception>
    /// <exception cref="AccessTokenException">The user came without a token.</exception>
    public void Authorize(HttpRequestHeaders headers, UserSession? session)
    {
        var key = session is null ? _options.ApiKey! : UserKey();
        headers.Add("apikey", key);
        if (session is { IsAnonymous: false })
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", session.AccessToken ?? throw new AccessTokenException(
                "The session has no access token, which REST needs to act as its user. Make it by UserSession.FromVerifiedToken, or hand AsUser the token.") { Database = Database.Supabase });
        }
        else if (RestKeys.IsToken(key))
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }

    public void Dispose()
    {
        if (_own is { IsValueCreated: true })
        {
            _own.Value.Dispose();
        }
    }

    private string UserKey()
        => _options.PublishableKey ?? (!RestKeys.IsSecret(_options.ApiKey!) ? _options.ApiKey! : throw new DualDbConfigurationException(
            "AsUser over REST needs a publishable key, and Supabase.ApiKey is a secret one, which passes by row-level security. Set Supabase.PublishableKey as well.")
        {
            Database = Database.Supabase,
        });

    // Connections are renewed, so that a change of the project's address is seen. The deadline is each request's own.
    private HttpClient CreateHttp()
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        RestHandler.Configure(handler, _options.MaxPoolSize, _options.ConnectTimeout);
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
