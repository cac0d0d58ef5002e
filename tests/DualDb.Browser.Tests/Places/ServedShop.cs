using System.Diagnostics;
using DualDb.Testing;
using Microsoft.Playwright;
using Npgsql;

namespace DualDb.Browser.Tests.Places;

/// <summary>The sample as it serves, in a process of its own, over servers of these tests; and a browser.</summary>
public sealed class ServedShop : IAsyncLifetime
{
    /// <summary>What the connections of these tests are called on the servers.</summary>
    public const string OwnName = "browser-tests";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private LocalServers? _servers;
    private Process? _process;
    private IPlaywright? _playwright;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The browser that this machine has.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>The Redis that the shop shares its cache through; null where there is none on this machine.</summary>
    public string? Redis => _servers?.Redis?.ConnectionString;

    /// <summary>The script of axe-core.</summary>
    public string Axe { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        Axe = await AxeCore.ScriptAsync(limit.Token);
        _servers = await LocalServers.StartAsync(static options => options.Redis = LocalRedis.IsAvailable, limit.Token);
        Address = await OpenShopAsync(_servers, limit.Token);
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = BrowserProgram.Path, ChromiumSandbox = false });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }

    /// <summary>Asks the database itself, past the shop and its lines.</summary>
    public Task<T> AskNeonAsync<T>(string sql) => AskAsync<T>(_servers!.Neon.ConnectionString, sql);

    /// <inheritdoc cref="AskNeonAsync"/>
    public Task<T> AskSupabaseAsync<T>(string sql) => AskAsync<T>(_servers!.Supabase.ConnectionString, sql);

    /// <summary>Turns the sample's switch.</summary>
    public async Task TurnAsync(string position)
    {
        using var client = new HttpClient();
        using var answer = await client.PostAsync(new Uri($"{Address}/switch/{position}"), content: null, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"The switch answered {(int)answer.StatusCode}.");
    }

    private static async Task<T> AskAsync<T>(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = OwnName }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private async Task<string> OpenShopAsync(LocalServers servers, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Storefront.dll"), "serve", "--port", "0"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NEON_DATABASE_URL"] = servers.Neon.Uri;
        start.Environment["SUPABASE_DB_URL"] = servers.Supabase.Uri;
        start.Environment["REDIS_URL"] = servers.Redis?.ConnectionString;
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith("The shop is open: ", StringComparison.Ordinal))
            {
                // What is written from now on has to be read as well, or the process would stand still.
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = _process.StandardError.ReadToEndAsync(CancellationToken.None);
                return line.Split(' ')[4].TrimEnd('/');
            }
        }

        throw new InvalidOperationException($"The sample ended before it was open: {await _process.StandardError.ReadToEndAsync(cancellationToken)}");
    }
}
