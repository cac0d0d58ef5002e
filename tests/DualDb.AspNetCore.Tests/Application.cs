using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DualDb.AspNetCore.Tests;

/// <summary>An application with one handler, which counts the memos that the user of the request sees.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Application(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public static async Task<Application> StartAsync(string address, string? secret = null, bool allowAnonymous = false)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddMemoDb(options =>
        {
            options.Supabase.ConnectionString = address;
            options.Supabase.JwtSecret = secret;
        });
        builder.Services.AddCurrentUser<IMemoDb>(options => options.AllowAnonymous = allowAnonymous);
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", static _ => { });
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.MapGet("/", static async (CurrentUser<IMemoDb> user) =>
        {
            try
            {
                return Results.Text((await user.Db.Memos.CountAsync()).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (AccessTokenException exception)
            {
                return Results.Text(exception.Message, statusCode: StatusCodes.Status401Unauthorized);
            }
        });
        await app.StartAsync();
        return new Application(app);
    }

    /// <summary>Sends a request.</summary>
    /// <param name="header">The token in its header.</param>
    /// <param name="verified">The token that its authentication has verified.</param>
    /// <param name="cookie">Whether it is authenticated by a cookie.</param>
    public async Task<string> GetAsync(string? header = null, string? verified = null, bool cookie = false)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        Add("Authorization", header is null ? null : "Bearer " + header);
        Add(TestAuthentication.Verified, verified);
        Add(TestAuthentication.Cookie, cookie ? "yes" : null);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : $"{(int)response.StatusCode}: {text}";

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Stands for any authentication: it takes a header of the test's for proof.</summary>
    private sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Verified = "X-Verified";
        public const string Cookie = "X-Cookie";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var token = Request.Headers[Verified].ToString();
            if (token.Length == 0 && Request.Headers[Cookie].Count == 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var properties = new AuthenticationProperties();
            if (token.Length > 0)
            {
                properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = token }]);
            }

            var principal = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "somebody")], "Test"));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, properties, "Test")));
        }
    }
}
