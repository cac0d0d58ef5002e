using System.Diagnostics;
using System.Globalization;
using DualDb.Browser.Tests.Places;
using Microsoft.Playwright;

namespace DualDb.Browser.Tests;

/// <summary>A database goes away under load and comes back; whoever looks at the dashboard sees both.</summary>
public sealed class OutageTests(ServedShop shop)
{
    private const string Down = "tr[data-alert='database-down'][data-subject='neon'][data-open='true']";

    /// <summary>How long it stays away once the alert has fired; <c>DUALDB_OUTAGE_SECONDS</c> says otherwise.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("DUALDB_OUTAGE_SECONDS") ?? "1", CultureInfo.InvariantCulture));

    private static readonly PageWaitForSelectorOptions Patience = new() { Timeout = 60_000 };

    [Fact]
    public async Task An_alert_fires_and_is_over_while_the_page_stays_usable()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync("/dualdb");
        await page.Page.WaitForSelectorAsync("#database-neon[data-up='true']", Patience);
        var cut = Stopwatch.GetTimestamp();
        await shop.TurnAsync("neon");
        try
        {
            await page.Page.WaitForSelectorAsync(Down, Patience);
            Tell("the alert was seen", cut);
            await page.Page.WaitForSelectorAsync("#database-neon[data-up='false']", Patience);
            await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Picture("outage-light"), FullPage = true });
            Assert.Empty(await page.FaultsAsync());
            foreach (var path in new[] { "/outbox", "/sagas", "/sync", "/alerts", "/audit" })
            {
                await page.GoAsync("/dualdb" + path);
                Assert.Empty(await page.FaultsAsync());
            }

            await page.Page.WaitForTimeoutAsync((float)Stay.TotalMilliseconds);
        }
        finally
        {
            await shop.TurnAsync("heal");
        }

        var back = Stopwatch.GetTimestamp();
        await page.GoAsync("/dualdb/alerts");
        await page.Page.WaitForSelectorAsync("tr[data-alert='database-down'][data-subject='neon'][data-open='false']", Patience);
        Assert.Equal(0, await page.Page.Locator(Down).CountAsync());
        Tell("the alert was over", back);
        await page.GoAsync("/dualdb");
        await page.Page.WaitForSelectorAsync("#database-neon[data-up='true']", Patience);
        Assert.Empty(page.Complaints);
    }

    // Told, and not asserted: a machine that builds something else meanwhile is no fault.
    private static void Tell(string what, long since)
        => TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} after {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s"));
}
