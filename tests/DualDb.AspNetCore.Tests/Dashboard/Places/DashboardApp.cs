using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using DualDb.Consistency.Monitoring;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DualDb.AspNetCore.Tests.Dashboard.Places;

/// <summary>An application with a dashboard, on a free port of this machine. Who sends a request is said by a header.</summary>
public sealed partial class DashboardApp : IAsyncDisposable
{
    public const string Reader = "reader";
    public const string Operator = "operator";
    public const string Stranger = "stranger";

    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private DashboardApp(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public DatabaseMonitoring Monitoring => _app.Services.GetRequiredService<DatabaseMonitoring>();

    public MemoDb Db => _app.Services.GetRequiredService<MemoDb>();

    public IServiceProvider Services => _app.Services;

    /// <summary>What the application knows of routes below a prefix, as it is asked for: with the values of its parameters made up.</summary>
    public IEnumerable<(string Method, string Path)> Routes(string below)
        => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(below, StringComparison.Ordinal))
            .SelectMany(static endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST", "DELETE"])
                .Select(method => (method, Parameter().Replace(endpoint.RoutePattern.RawText!, "anything"))));

    public static async Task<DashboardApp> StartAsync(
        DashboardPlace place, Action<DashboardOptions>? configure = null, Action<IEndpointRouteBuilder>? map = null, string environment = "Production", Action<WebApplication>? use = null, Action<IServiceCollection>? add = null, bool hasPolicies = true)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "DualDb.AspNetCore.Tests" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddMemoDb(options =>
        {
            options.Neon.ConnectionString = place.NeonLine.Rewrite(place.Neon);
            options.Supabase.ConnectionString = place.SupabaseLine.Rewrite(place.Supabase);
        });
        builder.Services.AddDualDbMonitoring<MemoDb>(static options => options.Application = "memos");
        builder.Services.AddDualDbDashboard<MemoDb>(options =>
        {
            if (hasPolicies)
            {
                (options.ReaderPolicy, options.OperatorPolicy) = (Reader, Operator);
            }

            options.RefreshEvery = TimeSpan.FromMilliseconds(150);
            configure?.Invoke(options);
        });
        builder.Services.AddAuthentication("Test").AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Test", static _ => { });
        builder.Services.AddAuthorization(static options =>
        {
            options.AddPolicy(Reader, static policy => policy.RequireRole(Reader));
            options.AddPolicy(Operator, static policy => policy.RequireRole(Operator));
        });
        add?.Invoke(builder.Services);
        var app = builder.Build();
        use?.Invoke(app);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        if (map is null)
        {
            app.MapDualDbDashboard("/dualdb");
        }
        else
        {
            map(app);
        }

        await app.StartAsync();
        return new DashboardApp(app);
    }

    /// <summary>Sends a request as somebody; null for nobody.</summary>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? who, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        if (who is not null)
        {
            request.Headers.Add(HeaderAuthentication.Header, who);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async Task<(int Status, string Text)> GetAsync(string path, string? who = Reader, params (string Name, string Value)[] headers)
    {
        using var response = await SendAsync(HttpMethod.Get, path, who, content: null, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Reads a page, and posts a form with the token that it gave.</summary>
    public Task<HttpResponseMessage> PostAsync(string page, string path, string? who, params (string Name, string Value)[] fields) => PostAsync(page, path, who, reader: who, fields);

    /// <summary>The same with a page that somebody else has read.</summary>
    public async Task<HttpResponseMessage> PostAsync(string page, string path, string? who, string? reader, params (string Name, string Value)[] fields)
    {
        using var shown = await SendAsync(HttpMethod.Get, page, reader);
        var markup = await shown.Content.ReadAsStringAsync();
        var cookies = string.Join("; ", shown.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(static cookie => cookie[..cookie.IndexOf(';', StringComparison.Ordinal)]) : []);
        var token = Token().Match(markup);
        var content = new FormUrlEncodedContent([.. fields.Select(static field => KeyValuePair.Create(field.Name, field.Value)), KeyValuePair.Create(token.Groups["field"].Value, WebUtility.HtmlDecode(token.Groups["value"].Value))]);
        return await SendAsync(HttpMethod.Post, path, who, content, ("Cookie", cookies));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    [GeneratedRegex("""<meta name="dualdb-token" data-field="(?<field>[^"]+)" content="(?<value>[^"]+)">""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    /// <summary>Stands for any authentication: it takes a header of the test's for proof.</summary>
    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public const string Header = "X-Test-User";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var who = Request.Headers[Header].ToString();
            return Task.FromResult(who.Length == 0
                ? AuthenticateResult.NoResult()
                : AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada-" + who), new Claim(ClaimTypes.Role, who)], Scheme.Name)), Scheme.Name)));
        }
    }
}
