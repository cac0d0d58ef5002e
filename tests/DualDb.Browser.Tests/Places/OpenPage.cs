using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace DualDb.Browser.Tests.Places;

/// <summary>A page in a browser of its own, with what went wrong on it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ServedShop _shop;
    private readonly ConcurrentQueue<string> _complaints = [];
    private readonly ConcurrentQueue<string> _posted = [];

    private OpenPage(ServedShop shop, IBrowserContext context, IPage page)
    {
        (_shop, _context, Page) = (shop, context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Enqueue($"console: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue($"script: {error}");
        page.Request += (_, request) =>
        {
            if (request.Method == "POST")
            {
                _posted.Enqueue(new Uri(request.Url).AbsolutePath);
            }

            if (!request.Url.StartsWith(shop.Address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                _complaints.Enqueue($"asked another host: {request.Url}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Errors on the console, of scripts, and requests to other hosts.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Where forms were sent.</summary>
    public IReadOnlyCollection<string> Posted => _posted;

    public static async Task<OpenPage> CreateAsync(ServedShop shop, string language = "en")
    {
        // Its rules are put into the page past the page's own policy, which lets no foreign script in.
        var context = await shop.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
            Locale = language,
            BypassCSP = false,
        });
        return new OpenPage(shop, context, await context.NewPageAsync());
    }

    public async Task GoAsync(string path)
    {
        var answer = await Page.GotoAsync(_shop.Address + path, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        Assert.Equal(200, answer!.Status);
    }

    /// <summary>Opens the form of an action, says why, and sends it.</summary>
    /// <param name="action">The action.</param>
    /// <param name="reason">Why; null where it is not asked for.</param>
    /// <param name="which">The selector of its form; null for the first.</param>
    /// <param name="fill">Fills in what else it asks for; null for nothing.</param>
    public async Task DoAsync(string action, string? reason, string? which = null, Func<ILocator, Task>? fill = null)
    {
        var form = Page.Locator(which ?? $"details[data-action='{action}']").First;
        await form.Locator("summary").ClickAsync();
        if (reason is not null)
        {
            await form.Locator("input[name='reason']").FillAsync(reason);
        }

        if (fill is not null)
        {
            await fill(form);
        }

        // The next page is there when the mark that was set on this one is gone.
        await Page.EvaluateAsync("() => { window.isBefore = true; }");
        await form.Locator("button[type='submit']").ClickAsync();
        await Page.WaitForFunctionAsync("() => !window.isBefore && document.readyState === 'complete'");
        Assert.DoesNotContain("/actions/", Page.Url, StringComparison.Ordinal);
    }

    /// <summary>The faults that axe-core finds.</summary>
    public async Task<IReadOnlyList<string>> FaultsAsync()
    {
        await Page.EvaluateAsync(_shop.Axe);
        return await Page.EvaluateAsync<string[]>(
            """
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
                .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`))
            """);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
