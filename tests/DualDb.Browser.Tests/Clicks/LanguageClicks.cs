namespace DualDb.Browser.Tests.Clicks;

/// <summary>The language, which is nobody's but the viewer's.</summary>
internal static class LanguageClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["language"] = static async at =>
        {
            await at.GoAsync("/sync");
            await at.Page.Locator("button[name='language'][value='th']").ClickAsync();
            await at.Page.WaitForSelectorAsync("html[lang='th']");
            await at.GoAsync("");
            Assert.Equal("th", await at.Page.GetAttributeAsync("html", "lang"));
        },
    };
}
