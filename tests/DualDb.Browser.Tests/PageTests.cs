using DualDb.Browser.Tests.Clicks;
using DualDb.Browser.Tests.Places;
using Microsoft.Playwright;

namespace DualDb.Browser.Tests;

/// <summary>Every page of the dashboard in a real browser, over a shop that is being used.</summary>
public sealed class PageTests(ServedShop shop)
{
    public static TheoryData<string> Pages =>
    [
        "", "/queries", "/cache", "/sync", "/conflicts", "/outbox", "/sagas", "/migrations", "/consistency", "/alerts", "/nodes", "/health", "/audit",
    ];

    public static TheoryData<string> Details => [.. DetailPage.ByName.Keys];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_accessible_in_both_schemes_and_on_a_telephone(string path) => await LookAsync(path, path.Length == 0 ? "overview" : path[1..]);

    [Theory]
    [MemberData(nameof(Details))]
    public async Task A_page_of_one_thing_is_accessible_with_its_forms_unfolded(string name)
    {
        await using var page = await OpenPage.CreateAsync(shop);
        var detail = await DetailPage.ByName[name](new Clicking(shop, page));
        try
        {
            await LookAsync(detail.Path, name);
        }
        finally
        {
            await detail.MendAsync();
        }
    }

    // In both languages: other letters are wider, and break elsewhere.
    private async Task LookAsync(string path, string picture)
    {
        foreach (var (language, suffix) in new[] { ("en", ""), ("th-TH", "-thai") })
        {
            await using var page = await OpenPage.CreateAsync(shop, language);
            await page.GoAsync("/dualdb" + path);
            await page.Page.WaitForSelectorAsync("#live[data-state='live']");
            Assert.Equal(language[..2], await page.Page.GetAttributeAsync("html", "lang"));

            // A busy machine leaves out a part that takes too long, and brings it later; what is asked for by its number is there, or nothing would be looked at.
            await page.Page.WaitForFunctionAsync("() => document.querySelector('main [data-failure]') === null");
            Assert.Equal(0, await page.Page.Locator("main :is([data-empty='letter'], [data-empty='saga'], [data-empty='conflict'], [data-empty='run'], [data-empty='row'], [data-empty='plan'])").CountAsync());
            await page.Page.EvaluateAsync("() => { for (const details of document.querySelectorAll('main details')) details.open = true; }");
            foreach (var (scheme, width, name) in new[] { (ColorScheme.Light, 1280, "light"), (ColorScheme.Dark, 1280, "dark"), (ColorScheme.Light, 360, "mobile") })
            {
                await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await page.Page.SetViewportSizeAsync(width, 900);
                await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Artifacts.Picture($"{picture}-{name}{suffix}"), FullPage = true });

                Assert.Empty(await page.FaultsAsync());
                Assert.True(await page.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= window.innerWidth"), $"{path} is wider than {width} pixels ({language}).");
            }

            Assert.Empty(page.Complaints);
        }
    }

    [Fact]
    public async Task The_pages_are_all_those_that_the_navigation_leads_to()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync("/dualdb");
        var links = await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('nav.pages a')].map(link => new URL(link.href).pathname)");

        Assert.Equal(Pages.Select(static row => ("/dualdb" + row.Data).TrimEnd('/')).Order(StringComparer.Ordinal), links.Select(static link => link.TrimEnd('/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_shown_changes_without_a_reload()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync("/dualdb");
        await page.Page.EvaluateAsync("() => { window.stays = true; }");
        var before = await page.Page.TextContentAsync("main");

        await page.Page.WaitForFunctionAsync("before => document.querySelector('main').textContent !== before", before);

        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.stays === true"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_keyboard_leads_over_the_navigation_to_what_is_shown()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.GoAsync("/dualdb");

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("#content", await page.Page.EvaluateAsync<string>("() => document.activeElement.getAttribute('href')"));
        Assert.NotEqual("none", await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle"));
        await page.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("content", await page.Page.EvaluateAsync<string>("() => document.activeElement.id"));

        // Back over the navigation, which stands before it.
        await page.Page.Keyboard.PressAsync("Shift+Tab");
        var target = await page.Page.EvaluateAsync<string>("() => document.activeElement.href");
        Assert.Contains("/dualdb/", target, StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync("Enter");

        // Asked of the page, whichever it is: a navigation that is over before anybody waits for it would be missed.
        await page.Page.WaitForFunctionAsync("target => location.href === target && document.readyState === 'complete'", target);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_stream_that_ends_in_due_time_is_opened_again_and_the_mark_stays_live()
    {
        await using var page = await OpenPage.CreateAsync(shop);
        await page.Page.AddInitScriptAsync("""
            window.streams = [];
            window.EventSource = class extends EventSource { constructor(source) { super(source); window.streams.push(this); } };
            """);
        await page.GoAsync("/dualdb");
        await page.Page.WaitForSelectorAsync("#live[data-state='live']");

        await page.Page.EvaluateAsync("""
            () => {
                const live = document.getElementById("live");
                window.marks = [];
                new MutationObserver(() => window.marks.push(live.dataset.state)).observe(live, { attributes: true });
                window.streams[0].dispatchEvent(new MessageEvent("end", { data: "connect again" }));
            }
            """);
        await page.Page.WaitForFunctionAsync("() => window.streams.length === 2 && window.streams[1].readyState === EventSource.OPEN");

        Assert.Equal(2, await page.Page.EvaluateAsync<int>("() => window.streams[0].readyState"));
        Assert.Empty(await page.Page.EvaluateAsync<string[]>("() => window.marks"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Thai_is_shown_to_whom_it_was_asked_for_by()
    {
        await using var page = await OpenPage.CreateAsync(shop, language: "th-TH");
        await page.GoAsync("/dualdb");

        Assert.Equal("th", await page.Page.GetAttributeAsync("html", "lang"));
        Assert.Empty(await page.FaultsAsync());
        Assert.Empty(page.Complaints);
    }
}
