using System.Net;
using System.Text.RegularExpressions;
using DualDb.AspNetCore.Tests.Dashboard.Places;
using DualDb.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace DualDb.AspNetCore.Tests.Dashboard.Operating;

/// <summary>An application with events, sagas, synchronisation and migrations, on databases of its own.</summary>
internal sealed partial class OperatedApp : IAsyncDisposable
{
    private OperatedApp(DashboardPlace place, DashboardApp app, string migrations) => (Place, App, Migrations) = (place, app, migrations);

    public DashboardPlace Place { get; }

    public DashboardApp App { get; }

    public MemoDb Db => App.Db;

    /// <summary>The folder of migrations.</summary>
    public string Migrations { get; }

    public static async Task<OperatedApp> StartAsync(DashboardServers servers, bool installs = true, Action<string>? write = null, Action<IServiceCollection>? add = null)
    {
        var place = await DashboardPlace.CreateAsync(servers);
        var folder = Directory.CreateTempSubdirectory("dualdb-dashboard-").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "neon"));
        Directory.CreateDirectory(Path.Combine(folder, "supabase"));
        write?.Invoke(folder);
        if (installs)
        {
            await using var root = MemoDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (place.Neon, place.Supabase));
            await root.Events.InstallAsync();
            await root.Sagas.InstallAsync();
            await root.Sync.InstallAsync();
        }

        var app = await DashboardApp.StartAsync(place, add: services =>
        {
            services.AddMemoDbEvents();
            services.AddMemoDbSagas();
            services.AddMemoDbSync(static options => options.MaxPollInterval = TimeSpan.FromMilliseconds(50));
            services.AddDualDbMigrations<MemoDb>(DualDbMigrations.FromFolder(folder), static options => options.RunAtStartUp = false);
            add?.Invoke(services);
        });
        return new OperatedApp(place, app, folder);
    }

    public async Task<string> PageAsync(string path, string who = DashboardApp.Operator)
    {
        var (status, page) = await App.GetAsync("/dualdb" + path, who);
        Assert.True(status == 200, $"{path}: {status} {page}");
        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at DualDb", page, StringComparison.Ordinal);
        return page;
    }

    /// <summary>Reads a page until it holds a text.</summary>
    public async Task<string> UntilAsync(string path, string text)
    {
        var page = "";
        await Eventually.HoldsAsync(async () => (page = await PageAsync(path)).Contains(text, StringComparison.Ordinal), $"{path} says {text}");
        return page;
    }

    /// <summary>Acts as an operator; the action succeeds.</summary>
    public async Task DoAsync(string section, string action, params (string Name, string Value)[] fields)
    {
        var (status, words) = await TryAsync(section, action, fields);
        Assert.True(status == 303, $"{section}/{action}: {status} {words}");
    }

    public async Task<(int Status, string Page)> TryAsync(string section, string action, params (string Name, string Value)[] fields)
    {
        using var answer = await App.PostAsync($"/dualdb/{section}", $"/dualdb/{section}/actions/{action}", DashboardApp.Operator, [.. fields, ("reason", "a test")]);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Where the next page of a list is.</summary>
    public static string? NextOf(string page, string list)
        => Next().Match(page[Math.Max(0, page.IndexOf($"id=\"pager-{list}\"", StringComparison.Ordinal))..]) is { Success: true } found && page.Contains($"id=\"pager-{list}\"", StringComparison.Ordinal)
            ? WebUtility.HtmlDecode(found.Groups["address"].Value)["/dualdb".Length..] : null;

    public Task<T> NeonAsync<T>(string sql) => DashboardPlace.AskAsync<T>(Place.Neon, sql);

    public Task<T> SupabaseAsync<T>(string sql) => DashboardPlace.AskAsync<T>(Place.Supabase, sql);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Place.DisposeAsync();
        Directory.Delete(Migrations, recursive: true);
    }

    [GeneratedRegex("""rel="next" href="(?<address>[^"]+)">""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Next();
}
