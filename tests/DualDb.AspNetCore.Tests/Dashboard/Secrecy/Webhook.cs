using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Tests.Dashboard.Secrecy;

/// <summary>Takes what alerts post.</summary>
internal sealed class Webhook : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Webhook(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Where, string Text)> Posts { get; } = new();

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<Webhook> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "DualDb.AspNetCore.Tests" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(static options => options.Listen(IPAddress.Loopback, 0));
        var hook = new Webhook(builder.Build());
        hook._app.MapPost("/", async (HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            hook.Posts.Enqueue(("a post of an alert", await reader.ReadToEndAsync()));
        });
        await hook._app.StartAsync();
        return hook;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
