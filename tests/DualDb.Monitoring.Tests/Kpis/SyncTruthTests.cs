using System.Globalization;
using DualDb.Consistency.Monitoring;
using DualDb.Monitoring.Tests.Places;

namespace DualDb.Monitoring.Tests.Kpis;

/// <summary>What is said of the synchronisation, against what the servers themselves know: when each row was committed on either side, and which rows were damaged.</summary>
public sealed class SyncTruthTests(MonitoringServers servers, ITestOutputHelper output)
{
    /// <summary>In seconds: so long that one in a hundred of it is more than a busy machine takes to note it.</summary>
    private const double Cut = 8;

    [Fact]
    public async Task The_lag_is_within_one_percent_of_the_servers_own_times_when_the_other_side_was_away()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true);
        await node.Db.Orders.InsertAsync(NewOrder(0));
        await node.Db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60));
        var before = (await node.KpiAsync(KpiKind.SyncLag, "neon"))!.Count;

        place.SupabaseLine.RefuseConnections = true;
        await place.SupabaseLine.CutAsync();
        await InsertAsync(node, 1, 75);
        await LastsAsync(place, Cut / 4);
        await InsertAsync(node, 76, 150);
        await LastsAsync(place, Cut);
        place.SupabaseLine.Calm();
        await node.Db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60));

        // That of one row that was carried while all was well is the shortest, and moves no quantile by more than its place.
        await Eventually.HoldsAsync(async () => (await node.KpiAsync(KpiKind.SyncLag, "neon"))!.Count == before + 150, "all are measured");
        var truth = await LagsAsync(place);
        var lag = (await node.KpiAsync(KpiKind.SyncLag, "neon"))!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{lag.Count} changes, p50 {lag.P50} of {Of(truth, 0.5)}, p95 {lag.P95} of {Of(truth, 0.95)}, p99 {lag.P99} of {Of(truth, 0.99)}"));
        Assert.Equal(truth.Length, lag.Count);
        Assert.InRange(lag.P50!.Value / Of(truth, 0.5), 0.99, 1.01);
        Assert.InRange(lag.P95!.Value / Of(truth, 0.95), 0.99, 1.01);
        Assert.InRange(lag.P99!.Value / Of(truth, 0.99), 0.99, 1.01);
    }

    [Fact]
    public async Task The_consistency_is_that_of_the_rows_that_were_damaged_whatever_was_done_to_them()
    {
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true);
        await node.Db.Orders.InsertManyAsync([.. Enumerable.Range(0, 200).Select(NewOrder)]);
        await node.Db.Sync.WaitForSyncAsync(Database.Neon, TimeSpan.FromSeconds(60));

        // Four are changed, two are lost, and one is there that nobody has written.
        await MonitoredPlace.AskAsync<object>(
            place.Supabase,
            "set session_replication_role = replica; update order_copies set total = -1 where total in (7, 70, 111, 199); delete from order_copies where total in (8, 80); insert into order_copies select gen_random_uuid(), buyer_id, 500 from order_copies limit 1 returning 1");
        await node.Db.Sync.VerifyAsync();

        var kpi = (await node.KpiAsync(KpiKind.Consistency, "orders"))!;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kpi.Value} of {kpi.Count} rows"));
        
        // The one that nobody has written is a row as well.
        Assert.Equal((false, 201), (kpi.IsMet, kpi.Count));
        Assert.InRange(kpi.Value!.Value / (193 / 200d), 0.99, 1.01);
        Assert.InRange((1 - kpi.Value.Value) / (7 / 200d), 0.99, 1.01);
    }

    private static async Task InsertAsync(MonitoredNode node, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            await node.Db.Orders.InsertAsync(NewOrder(number));
        }
    }

    private static Task LastsAsync(MonitoredPlace place, double seconds)
        => Eventually.HoldsAsync(
            async () => await MonitoredPlace.AskAsync<double>(place.Neon, "select extract(epoch from clock_timestamp() - min(pg_xact_commit_timestamp(xmin)))::float8 from orders where total > 0") > seconds, "the cut lasts");

    private static Order NewOrder(int number) => new() { Id = Guid.NewGuid(), BuyerId = Guid.NewGuid(), Total = number };

    /// <summary>How long each row took from its commit in Neon until the commit of its copy, in order; both servers go by the clock of this machine.</summary>
    private static async Task<double[]> LagsAsync(MonitoredPlace place)
    {
        var (written, copied) = (await TimesAsync(place.Neon, "orders"), await TimesAsync(place.Supabase, "order_copies"));
        return [.. written.Zip(copied, static (from, until) => until - from).Order()];
    }

    private static Task<double[]> TimesAsync(string address, string table)
        => MonitoredPlace.AskAsync<double[]>(address, $"select array_agg(extract(epoch from pg_xact_commit_timestamp(xmin))::float8 order by total) from {table}");

    private static double Of(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
}
