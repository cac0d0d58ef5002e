using System.Diagnostics;
using System.Net;
using System.Text.Json;
using DualDb.AspNetCore.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Tests.Health;

/// <summary>An application that answers for its health.</summary>
internal sealed class HealthApp : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private HealthApp(WebApplication app) => _app = app;

    public IServiceProvider Services => _app.Services;

    public MemoDb Db => Services.GetRequiredService<MemoDb>();

    public static async Task<HealthApp> StartAsync(Action<DualDbOptions> reach, Action<DualDbHealthOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();

        // First of all: what is registered later is checked all the same.
        builder.Services.AddDualDbHealthChecks<MemoDb>(configure);
        builder.Services.AddMemoDb(reach);
        add?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapDualDbHealth();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new HealthApp(app);
    }

    public Task<HealthReport> CheckAsync() => Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);

    public async Task<HealthReportEntry> CheckAsync(string name) => (await CheckAsync()).Entries[name];

    /// <summary>Asks until it is so, with a deadline.</summary>
    public async Task<HealthReportEntry> UntilAsync(string name, Func<HealthReportEntry, bool> holds)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var entry = await CheckAsync(name);
            if (holds(entry))
            {
                return entry;
            }

            Assert.True(watch.Elapsed < Deadline, $"Waited {Deadline.TotalSeconds} s in vain; {name} is {entry.Status}: {entry.Description} {string.Join(", ", entry.Data)}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async Task<(HttpStatusCode Code, JsonElement Body, string Text)> GetAsync(string path)
    {
        using var client = _app.GetTestClient();
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return (response.StatusCode, JsonDocument.Parse(text).RootElement, text);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
