using System.Globalization;

namespace DualDb.Browser.Tests.Clicks;

/// <summary>A page of one thing that went wrong.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="MendAsync">Sets right what went wrong for it.</param>
internal sealed record DetailPage(string Path, Func<Task> MendAsync)
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task<DetailPage>>> ByName { get; } = new Dictionary<string, Func<Clicking, Task<DetailPage>>>(StringComparer.Ordinal)
    {
        ["letter"] = static async at => Clicked(at, $"/outbox?letter=neon-{await OutboxClicks.DeadAsync(at)}", "discard"),
        ["saga"] = static async at => Clicked(at, $"/sagas?saga=create-order&id={(await SagaClicks.ParkAsync(at)).Saga}", "resume"),
        ["conflict"] = static async at => Clicked(at, $"/conflicts?conflict=supabase-{(await ConflictClicks.OpenAsync(at, "detail", 1))[0]}", "take-source"),
        ["run"] = RunAsync,
    };

    private static DetailPage Clicked(Clicking at, string path, string action)
        => new(path, async () =>
        {
            await at.GoAsync(path);
            await at.DoAsync(action, "it was looked at");
        });

    // A row of its own, so that those that are clicked on find theirs as it was.
    private static async Task<DetailPage> RunAsync(Clicking at)
    {
        var order = await at.SupabaseAsync<long>("select id from storefront.order_summaries where total <> 0.01 order by id limit 1 offset 600");
        var total = (await at.SupabaseAsync<decimal>($"select total from storefront.order_summaries where id = {order}")).ToString(CultureInfo.InvariantCulture);
        await SetAsync("0.01");
        await at.GoAsync("/consistency");
        await at.DoAsync("verify", reason: null, fill: static form => form.Locator("select[name='map']").SelectOptionAsync("order_summaries"));
        var found = $"from dualdb.verification_differences where name = 'order_summaries' and key_text ~ '\\m{order}\\M' and kind = 'different'";
        await Clicking.HoldsAsync(at.SupabaseAsync<long>, $"select count(*) {found}", static count => count > 0, "the row is found");
        return new DetailPage($"/consistency?run={await at.SupabaseAsync<long>($"select min(run) {found}")}&row={await at.SupabaseAsync<int>($"select min(number) {found}")}&plan=source", () => SetAsync(total));

        Task SetAsync(string value) => at.SupabaseAsync<long>($"with changed as (update storefront.order_summaries set total = {value} where id = {order} returning 1) select count(*) from changed");
    }
}
