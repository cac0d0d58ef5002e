namespace DualDb.Browser.Tests.Clicks;

/// <summary>Sagas that have stopped go on, forward or back, with or without the step at which they stopped.</summary>
internal static class SagaClicks
{
    public static IReadOnlyDictionary<string, Func<Clicking, Task>> ByRoute { get; } = new Dictionary<string, Func<Clicking, Task>>(StringComparer.Ordinal)
    {
        ["sagas/actions/resume"] = static async at =>
        {
            var (saga, order) = await ParkAsync(at);
            await DoAsync(at, saga, "resume", "the database is back");
            await IsAsync(at, saga, "completed");
            Assert.Equal(1L, await at.SupabaseAsync<long>(Recorded(order)));
        },
        ["sagas/actions/retry"] = static async at =>
        {
            var (saga, order) = await ParkAsync(at);
            await DoAsync(at, saga, "retry", "the step works again");
            await IsAsync(at, saga, "completed");
            Assert.Equal(1L, await at.SupabaseAsync<long>(Recorded(order)));
        },
        ["sagas/actions/skip"] = static async at =>
        {
            var (saga, order) = await ParkAsync(at);
            await DoAsync(at, saga, "skip", "recorded by hand");
            await IsAsync(at, saga, "completed");
            Assert.Equal(0L, await at.SupabaseAsync<long>(Recorded(order)));
        },
        ["sagas/actions/compensate"] = static async at =>
        {
            var (saga, order) = await CompletedAsync(at);
            await DoAsync(at, saga, "compensate", "ordered twice");
            await IsAsync(at, saga, "compensated");
            Assert.Equal(0L, await at.NeonAsync<long>(Placed(order)));
        },
        ["sagas/actions/skip-compensation"] = static async at =>
        {
            var (saga, order) = await CompletedAsync(at);
            await StopAsync(at, saga, "compensation_failed", "compensating", "Place");
            await DoAsync(at, saga, "skip-compensation", "the order is wanted after all");
            await IsAsync(at, saga, "compensated");
            Assert.Equal(1L, await at.NeonAsync<long>(Placed(order)));
        },
    };

    private static string Recorded(long order) => $"select count(*) from storefront.activities where order_id = {order}";

    private static string Placed(long order) => $"select count(*) from storefront.orders where id = {order}";

    private static async Task DoAsync(Clicking at, string saga, string action, string reason)
    {
        await at.GoAsync($"/sagas?saga=create-order&id={saga}");
        await at.DoAsync(action, reason);
        Assert.Equal(1L, await at.NeonAsync<long>($"select count(*) from dualdb.saga_audit where action = '{action}' and reason = '{reason}' and id = '{saga}'"));
    }

    private static Task IsAsync(Clicking at, string saga, string state) => at.NeonHoldsAsync($"select count(*) from dualdb.sagas where id = '{saga}' and state = '{state}'", 1, $"it is {state}");

    /// <summary>A saga of a shopper's that is finished and that nobody has touched, and its order.</summary>
    private static async Task<(string Saga, long Order)> CompletedAsync(Clicking at)
    {
        const string Untouched = "from dualdb.sagas s where state = 'completed' and not exists (select from dualdb.saga_audit a where a.id = s.id)";
        await Clicking.HoldsAsync(at.NeonAsync<long>, $"select count(*) {Untouched}", static count => count > 0, "one is finished");
        var saga = await at.NeonAsync<string>($"select id {Untouched} order by finished_at limit 1");
        return (saga, await at.NeonAsync<long>($"select (result ->> 'id')::bigint from dualdb.sagas where id = '{saga}'"));
    }

    /// <summary>A saga that has stopped at its last step, of which nothing is there.</summary>
    internal static async Task<(string Saga, long Order)> ParkAsync(Clicking at)
    {
        var (saga, order) = await CompletedAsync(at);
        Assert.Equal(1L, await at.SupabaseAsync<long>($"with gone as (delete from dualdb.saga_results where id = '{saga}' and step = 'Record' returning 1), record as (delete from storefront.activities where order_id = {order} returning 1) select count(*) from gone, record"));
        await StopAsync(at, saga, "parked", "running", "Record");
        return (saga, order);
    }

    private static async Task StopAsync(Clicking at, string saga, string state, string from, string step)
        => Assert.Equal(1L, await at.NeonAsync<long>(
            $"with stopped as (update dualdb.sagas set state = '{state}', stopped_from = '{from}', error = 'A test has stopped it.', failed_step = '{step}', finished_at = null, next_due = null where id = '{saga}' returning 1) select count(*) from stopped"));
}
