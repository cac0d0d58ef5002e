using System.Diagnostics;
using DualDb.Browser.Tests.Places;
using Microsoft.Playwright;

namespace DualDb.Browser.Tests.Clicks;

/// <summary>Somebody who clicks, and looks into the databases for what came of it.</summary>
internal sealed class Clicking(ServedShop shop, OpenPage page)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public ServedShop Shop => shop;

    public IPage Page => page.Page;

    public Task GoAsync(string path) => page.GoAsync("/dualdb" + path);

    /// <inheritdoc cref="OpenPage.DoAsync"/>
    public Task DoAsync(string action, string? reason, string? which = null, Func<ILocator, Task>? fill = null) => page.DoAsync(action, reason, which, fill);

    public Task<T> NeonAsync<T>(string sql) => shop.AskNeonAsync<T>(sql);

    public Task<T> SupabaseAsync<T>(string sql) => shop.AskSupabaseAsync<T>(sql);

    /// <summary>Waits until a query of Neon gives a number.</summary>
    public Task NeonHoldsAsync(string sql, long count, string what) => HoldsAsync(NeonAsync<long>, sql, found => found == count, what);

    /// <summary>Waits until a query of Supabase gives a number.</summary>
    public Task SupabaseHoldsAsync(string sql, long count, string what) => HoldsAsync(SupabaseAsync<long>, sql, found => found == count, what);

    public static async Task HoldsAsync(Func<string, Task<long>> ask, string sql, Func<long, bool> condition, string what)
    {
        var began = Stopwatch.GetTimestamp();
        long count;
        while (!condition(count = await ask(sql)))
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, $"Not so: {what}. {sql} gives {count}.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }
}
