namespace DualDb.Browser.Tests.Clicks;

/// <summary>Maps are paused, filled and compared; what was put aside is tried again or let go; a direction that has stopped goes on.</summary>
internal static class SyncClicks
{
    private const string Parked = "select count(*) from dualdb.sync_parked where map = 'order_summaries'";
    private const string Paused = "select count(*) from dualdb.sync_pauses where map = 'customers' and ended_at is null and expires_at > now()";

    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["sync/actions/retry"] = static async at =>
        {
            var order = (await ParkAsync(at, 1))[0];
            await at.GoAsync("/sync?map=order_summaries");
            await at.DoAsync("retry", reason: null);
            await at.SupabaseHoldsAsync(Copies(order), 1, "it has arrived");
            await at.SupabaseHoldsAsync(Parked, 0, "it is put aside no more");
        },
        ["sync/actions/retry-all"] = static async at =>
        {
            var orders = await ParkAsync(at, 3);
            await at.GoAsync("/sync");
            await at.DoAsync("retry-all", reason: null);
            await at.SupabaseHoldsAsync(Copies(orders), 3, "all have arrived");
            await at.SupabaseHoldsAsync(Parked, 0, "none is put aside any more");
        },
        ["sync/actions/discard"] = static async at =>
        {
            var order = (await ParkAsync(at, 1))[0];
            await at.GoAsync("/sync?map=order_summaries");
            await at.DoAsync("discard", "nobody needs its copy");
            await at.SupabaseHoldsAsync(Parked, 0, "it is let go");
            Assert.Equal(0L, await at.SupabaseAsync<long>(Copies(order)));

            // Or a comparison would tell of it for the rest of the run.
            await at.NeonAsync<long>($"with gone as (delete from storefront.orders where id = {order} returning 1) select count(*) from gone");
        },
        ["sync/actions/backfill"] = static async at =>
        {
            var order = await at.SupabaseAsync<long>("select id from storefront.order_summaries order by id limit 1 offset 500");
            await at.SupabaseAsync<long>($"with gone as (delete from storefront.order_summaries where id = {order} returning 1) select count(*) from gone");
            await at.GoAsync("/sync");
            await at.DoAsync("backfill", "rows were deleted by hand", "[id='do-backfill-order_summaries']");
            await at.SupabaseHoldsAsync(Copies(order), 1, "it is filled again");
        },
        ["sync/actions/verify"] = static async at =>
        {
            const string Asked = "select count(*) from dualdb.verification_runs r where reason = 'asked' and actor is not null and (select string_agg(name, ', ') from dualdb.verification_results where run = r.id) = 'customers'";
            var before = await at.SupabaseAsync<long>(Asked);
            await at.GoAsync("/sync");
            await at.DoAsync("verify", reason: null, "[id='do-verify-customers']");
            await at.SupabaseHoldsAsync(Asked, before + 1, "the comparison of this map is kept");
        },
        ["sync/actions/pause"] = static async at =>
        {
            await at.GoAsync("/sync");
            await at.DoAsync("pause", "looking into it", "[id='do-pause-customers']");
            await at.SupabaseHoldsAsync(Paused, 1, "it is paused");
            await at.SupabaseAsync<long>("with ended as (update dualdb.sync_pauses set ended_at = now(), ended_by = 'a test' where map = 'customers' returning 1) select count(*) from ended");
            await at.NeonAsync<long>("with ended as (update dualdb.sync_pauses set ended_at = now(), ended_by = 'a test' where map = 'customers' returning 1) select count(*) from ended");
        },
        ["sync/actions/continue"] = static async at =>
        {
            await at.GoAsync("/sync");
            await at.DoAsync("pause", "looking into it", "[id='do-pause-customers']");
            await at.GoAsync("/sync");
            await at.DoAsync("continue", reason: null, "[id='do-continue-customers']");
            await at.SupabaseHoldsAsync(Paused, 0, "it goes on");
            await at.NeonHoldsAsync(Paused, 0, "it goes on");
        },
        ["sync/actions/resume"] = static async at =>
        {
            const string Stopped = "select count(*) from dualdb.sync_positions where source = 0 and stopped is not null";
            Assert.Equal(1L, await at.SupabaseAsync<long>("with stopped as (update dualdb.sync_positions set stopped = 'A test has stopped it.', stopped_at = clock_timestamp(), keeps_position = true where source = 0 returning 1) select count(*) from stopped"));
            await at.GoAsync("/sync");
            await at.DoAsync("resume", "it was a test", "[id='do-resume-neon']");
            await at.SupabaseHoldsAsync(Stopped, 0, "it goes on");
            var order = await at.NeonAsync<long>("insert into storefront.orders (user_id, status, total) select user_id, 'Placed', 77 from storefront.orders limit 1 returning id");
            await at.SupabaseHoldsAsync(Copies(order), 1, "a later change has arrived");
        },
    };

    private static string Copies(params IEnumerable<long> orders) => $"select count(*) from storefront.order_summaries where id in ({string.Join(", ", orders)})";

    /// <summary>Writes orders whose copies Supabase refuses, and lets them be once they are put aside; of itself nothing is tried again within the hour.</summary>
    private static async Task<long[]> ParkAsync(Clicking at, int count)
    {
        await at.SupabaseAsync<long>("do $$ begin alter table storefront.order_summaries add constraint refuses check (total <> 6666.66) not valid; end $$; select 0::bigint");
        var orders = await at.NeonAsync<long[]>($"with placed as (insert into storefront.orders (user_id, status, total) select user_id, 'Placed', 6666.66 from storefront.orders limit {count} returning id) select array_agg(id) from placed");
        await at.SupabaseHoldsAsync(Parked, count, "they are put aside");
        await at.SupabaseAsync<long>("update dualdb.sync_parked set next_attempt_at = now() + interval '1 hour'; alter table storefront.order_summaries drop constraint refuses; select 0::bigint");
        return orders;
    }
}
