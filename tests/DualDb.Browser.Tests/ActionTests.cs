using DualDb.Browser.Tests.Clicks;
using DualDb.Browser.Tests.Places;

namespace DualDb.Browser.Tests;

/// <summary>What operators click takes effect in the database, and is kept with who did it.</summary>
public sealed class ActionTests(ServedShop shop)
{
    public static TheoryData<string> Routes => [.. AllClicks.ByRoute.Keys];

    [Fact]
    public async Task Every_action_of_the_dashboard_is_clicked()
        => Assert.Equal((await ActionRoutes.FindAsync()).Order(StringComparer.Ordinal), AllClicks.ByRoute.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_action_takes_effect(string route)
    {
        await using var page = await OpenPage.CreateAsync(shop);

        await AllClicks.ByRoute[route](new Clicking(shop, page));

        Assert.Contains("/dualdb/" + route, page.Posted);
        Assert.Empty(page.Complaints);
    }
}
