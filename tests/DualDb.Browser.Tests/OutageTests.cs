using System.Diagnostics;
using System.Globalization;
using DualDb.Browser.Tests.Places;
using Microsoft.Playwright;

namespace DualDb.Browser.Tests;

/// <summary>A database goes away under load and comes back; whoever looks at the dashboard sees both.</summary>
public sealed class OutageTests(ServedShop shop)
{
    /// <summary>The first page with figures of the last minute: what happens just now is seen at once.</summary>
    private const string LastMinute = "/dualdb?window=minute";

    private const string Down = "tr[data-alert='database-down'][data-subject='neon'][data-open='true']";

    /// <summary>So many seconds the figures may be off the test's ledger at both ends together: the switch is turned by a request, and the first connection is there before its first answer.</summary>
    private const double Ends = 0.75;

    /// <summary>What is promised of a machine that does nothing else; on one that builds something meanwhile it may take twice as long.</summary>
    private static readonly (TimeSpan Alert, TimeSpan Over) Promised = (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(15));

    /// <summary>How long it stays away; <c>DUALDB_OUTAGE_SECONDS</c> says otherwise.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("DUALDB_OUTAGE_SECONDS") ?? "12", CultureInfo.InvariantCulture));

    private static readonly PageWaitForSelectorOptions Patience = new() { Timeout = 60_000 };

    [Fact]
    public async Task An_alert_fires_and_is_over_while_the_page_stays_usable()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync(LastMinute);
        await page.Page.WaitForSelectorAsync("#database-neon[data-up='true']", Patience);
        await PictureAsync(page, "calm-light");
        var cut = Stopwatch.GetTimestamp();
        var downtime = await Downtime.BeginAsync(shop);
        try
        {
            await page.Page.WaitForSelectorAsync(Down, Patience);
            Tell("the alert was seen", cut, Promised.Alert);
            await page.Page.WaitForSelectorAsync("#database-neon[data-up='false']", Patience);
            await PictureAsync(page, "outage-light");
            Assert.Empty(await page.FaultsAsync());
            foreach (var path in new[] { "/outbox", "/sagas", "/sync", "/alerts", "/audit" })
            {
                await page.GoAsync("/dualdb" + path);
                Assert.Empty(await page.FaultsAsync());
            }

            // The page is looked at for as long: it is still told that Neon is down, and stays live.
            await page.GoAsync("/dualdb");
            while (Stopwatch.GetElapsedTime(cut) < Stay)
            {
                var shown = await page.Page.GetAttributeAsync("#shown", "datetime");
                await page.Page.WaitForFunctionAsync("shown => document.querySelector('#shown').getAttribute('datetime') !== shown", shown);
                Assert.Equal("false", await page.Page.GetAttributeAsync("#database-neon", "data-up"));
            }
        }
        finally
        {
            await shop.TurnAsync("heal");
        }

        var back = Stopwatch.GetTimestamp();
        await page.GoAsync("/dualdb/alerts");
        await page.Page.WaitForSelectorAsync("tr[data-alert='database-down'][data-subject='neon'][data-open='false']", Patience);
        Assert.Equal(0, await page.Page.Locator(Down).CountAsync());
        Tell("the alert was over", back, Promised.Over);
        await page.GoAsync("/dualdb");
        await page.Page.WaitForSelectorAsync("#database-neon[data-up='true']", Patience);
        var (truth, counted) = (await downtime.TrueSecondsAsync(), await downtime.CountedSecondsAsync());
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"counted as down: {counted:0.00} s of {truth:0.00} s"));
        Assert.InRange(counted, (truth * 0.99) - Ends, (truth * 1.01) + Ends);
        Assert.Empty(page.Complaints);
    }

    private static Task PictureAsync(OpenPage page, string name) => page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Picture(name), FullPage = true });

    private static void Tell(string what, long since, TimeSpan promised)
    {
        var took = Stopwatch.GetElapsedTime(since);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} after {took.TotalSeconds:0.0} s of {promised.TotalSeconds:0} s"));
        Assert.True(took < 2 * promised, $"{what} after {took}");
    }
}
