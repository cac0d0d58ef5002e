namespace DualDb.Browser.Tests.Clicks;

/// <summary>Conflicts are decided one by one, and all of a kind.</summary>
internal static class ConflictClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["conflicts/actions/take-source"] = static at => OneAsync(at, "take-source", "source", takes: null, isNameTaken: false, isCityTaken: false),
        ["conflicts/actions/take-target"] = static at => OneAsync(at, "take-target", "target", takes: null, isNameTaken: true, isCityTaken: true),
        ["conflicts/actions/merge"] = static at => OneAsync(at, "merge", "merged", takes: "city", isNameTaken: false, isCityTaken: true),
        ["conflicts/actions/all-source"] = static at => AllAsync(at, "all-source", "source", takes: null, isNameTaken: false, isCityTaken: false),
        ["conflicts/actions/all-target"] = static at => AllAsync(at, "all-target", "target", takes: null, isNameTaken: true, isCityTaken: true),
        ["conflicts/actions/all-merge"] = static at => AllAsync(at, "all-merge", "merged", takes: "display_name", isNameTaken: true, isCityTaken: false),
    };

    private static async Task OneAsync(Clicking at, string action, string winner, string? takes, bool isNameTaken, bool isCityTaken)
    {
        var conflicts = await OpenAsync(at, action, 1);
        await at.GoAsync($"/conflicts?conflict=supabase-{conflicts[0]}");
        await ClickAsync(at, action, takes);
        await DecidedAsync(at, action, conflicts, winner, isNameTaken, isCityTaken);
    }

    private static async Task AllAsync(Clicking at, string action, string winner, string? takes, bool isNameTaken, bool isCityTaken)
    {
        var conflicts = await OpenAsync(at, action, 3);
        await at.GoAsync("/conflicts");
        await ClickAsync(at, action, takes);
        await DecidedAsync(at, action, conflicts, winner, isNameTaken, isCityTaken);
    }

    private static Task ClickAsync(Clicking at, string action, string? takes)
        => at.DoAsync(action, "as the customer says", fill: takes is null ? null : form => form.Locator($"input[name='take'][value='{takes}']").CheckAsync());

    /// <summary>
    /// The shop merges of itself, and leaves nothing open. So conflicts are written as a map with the policy Manual leaves them: over profiles that no shopper comes to, the target's row with another name and another city.
    /// </summary>
    internal static Task<long[]> OpenAsync(Clicking at, string action, int count)
        => at.SupabaseAsync<long[]>($$"""
            with rows as (
                select id, jsonb_build_object('id', id, 'email', email, 'display_name', display_name, 'city', city) as row from storefront.profiles
                where not exists (select from dualdb.sync_conflicts where map = 'customers' and key = to_json(id)::text) order by id desc limit {{count}}
            ), opened as (
                insert into dualdb.sync_conflicts (map, key, change_id, policy, winner, source_row, target_old, target_new, source_version, target_version)
                select 'customers', to_json(id)::text, 0, 'Manual', 'open', row, row, row || '{"city": "City {{action}}", "display_name": "Name {{action}}"}', 1, 2 from rows returning id
            )
            select array_agg(id) from opened
            """);

    private static async Task DecidedAsync(Clicking at, string action, long[] conflicts, string winner, bool isNameTaken, bool isCityTaken)
    {
        var numbers = string.Join(", ", conflicts);
        await at.SupabaseHoldsAsync($"select count(*) from dualdb.sync_conflicts where id in ({numbers}) and winner = '{winner}' and reason = 'as the customer says' and resolved_by is not null", conflicts.Length, "they are decided");
        var profiles = await at.SupabaseAsync<string>($"select string_agg(quote_literal(source_row ->> 'id'), ', ') from dualdb.sync_conflicts where id in ({numbers})");
        var rows = $"where id in ({profiles}) and (display_name = 'Name {action}') = {isNameTaken} and (city = 'City {action}') = {isCityTaken}";
        await at.SupabaseHoldsAsync($"select count(*) from storefront.profiles {rows}", conflicts.Length, "the profiles have what was decided");
        await at.NeonHoldsAsync($"select count(*) from storefront.customers {rows}", conflicts.Length, "the customers have it too");
    }
}
