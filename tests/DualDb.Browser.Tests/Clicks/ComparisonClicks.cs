namespace DualDb.Browser.Tests.Clicks;

/// <summary>Both sides are compared, and a row that differs is repaired after a dry run.</summary>
internal static class ComparisonClicks
{
    private const string Asked = "select count(*) from dualdb.verification_runs where reason = 'asked' and actor is not null";

    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["consistency/actions/verify"] = static async at =>
        {
            var before = await at.SupabaseAsync<long>(Asked);
            await at.GoAsync("/consistency");
            await at.DoAsync("verify", reason: null);
            await at.SupabaseHoldsAsync(Asked, before + 1, "it is kept");
        },
        ["consistency/actions/repair"] = static async at =>
        {
            var order = await at.SupabaseAsync<long>("select id from storefront.order_summaries where total <> 0.01 order by id limit 1 offset 700");
            await at.SupabaseAsync<long>($"with damaged as (update storefront.order_summaries set total = 0.01 where id = {order} returning 1) select count(*) from damaged");
            await at.GoAsync("/consistency");
            await at.DoAsync("verify", reason: null, fill: static form => form.Locator("select[name='map']").SelectOptionAsync("order_summaries"));
            var found = $"select coalesce(min(run), 0) from dualdb.verification_differences where name = 'order_summaries' and key_text ~ '\\m{order}\\M' and kind = 'different'";
            await Clicking.HoldsAsync(at.SupabaseAsync<long>, found, static run => run > 0, "the row is found");
            var run = await at.SupabaseAsync<long>(found);

            await at.GoAsync($"/consistency?run={run}");
            await at.Page.Locator("#try-source").ClickAsync();
            await at.Page.WaitForSelectorAsync("tr[data-would='update']");
            Assert.Equal(1L, await at.SupabaseAsync<long>($"select count(*) from storefront.order_summaries where id = {order} and total = 0.01"));
            await at.DoAsync("repair", "the source is right");

            await at.SupabaseHoldsAsync($"select count(*) from storefront.order_summaries where id = {order} and total <> 0.01", 1, "the row is repaired");
            await at.SupabaseHoldsAsync($"select count(*) from dualdb.verification_runs where id = {run} and repaired_by is not null and repaired_rows >= 1", 1, "the repair is kept");
        },
    };
}
