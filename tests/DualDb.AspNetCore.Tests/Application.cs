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
            options.Neon.ConnectionString = address;
            options.Supabase.ConnectionString = address;
            options.Supabase.JwtSecret = secret;
        });
        builder.Services.AddCurrentUser<IMemoDb>(options => options.AllowAnonymous = allowAnonymous);
        builder.Services.AddAuthentication("Test")
            .AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Test", static _ => { })
            .AddScheme<AuthenticationSchemeOptions, TestAuthentication>("Other", static _ => { });
        builder.Services.AddAuthorization(static options =>
        {
            options.AddPolicy("one", static policy => policy.AddAuthenticationSchemes("Test").RequireAuthenticatedUser());
            options.AddPolicy("both", static policy => policy.AddAuthenticationSchemes("Test", "Other").RequireAuthenticatedUser());
        });
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/", AnswerAsync);
        app.MapGet("/one", AnswerAsync).RequireAuthorization("one");
        app.MapGet("/both", AnswerAsync).RequireAuthorization("both");
        await app.StartAsync();
        return new Application(app);

        static async Task<IResult> AnswerAsync(CurrentUser<IMemoDb> user)
        {
            try
            {
                return Results.Text((await user.Db.Memos.CountAsync()).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (AccessTokenException exception)
            {
                return Results.Text(exception.Message, statusCode: StatusCodes.Status401Unauthorized);
            }
        }
    }

    /// <summary>Sends a request.</summary>
    /// <param name="header">The token in its header.</param>
    /// <param name="verified">The token that its authentication has verified.</param>
    /// <param name="cookie">Of whom the cookie is that it is authenticated by.</param>
    /// <param name="path">The policy that it is held to.</param>
    /// <param name="other">The token that the other scheme has verified.</param>
    /// <param name="otherCookie">Of whom the cookie of the other scheme is.</param>
    public Task<string> GetAsync(string? header = null, string? verified = null, string? cookie = null, string path = "/", string? other = null, string? otherCookie = null)
        => SendAsync(
            path,
            ("Authorization", header is null ? null : "Bearer " + header),
            (TestAuthentication.Verified + "Test", verified),
            (TestAuthentication.Cookie + "Test", cookie),
            (TestAuthentication.Verified + "Other", other),
            (TestAuthentication.Cookie + "Other", otherCookie));

    /// <summary>Sends a request with headers; those of null are left out.</summary>
    public async Task<string> SendAsync(string path, params (string Name, string? Value)[] headers)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? text : $"{(int)response.StatusCode}: {text}";
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Stands for any authentication: it takes a header of the test's for proof.</summary>
    private sealed class TestAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Verified = "X-Verified-";
        public const string Cookie = "X-Cookie-";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var token = Request.Headers[Verified + Scheme.Name].ToString();
            var cookie = Request.Headers[Cookie + Scheme.Name].ToString();
            if (token.Length == 0 && cookie.Length == 0)
            {
                return Task.FromResult(AuthenticateResult.NoResult());
            }

            var properties = new AuthenticationProperties();
            if (token.Length > 0)
            {
                properties.StoreTokens([new AuthenticationToken { Name = "access_token", Value = token }]);
            }

            var subject = token.Length > 0 ? UserSession.FromVerifiedToken(token).UserId : cookie;
            var principal = new ClaimsPrincipal(new ClaimsIdentity(subject == "nobody told" ? [] : [new Claim("sub", subject)], Scheme.Name));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, properties, Scheme.Name)));
        }
    }
}
