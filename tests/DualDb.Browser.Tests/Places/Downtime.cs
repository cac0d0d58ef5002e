using System.Diagnostics;

namespace DualDb.Browser.Tests.Places;

/// <summary>How long Neon was away: by the test's own clock and the server's, and by the figures that the shop keeps.</summary>
internal sealed class Downtime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ServedShop _shop;
    private readonly double _counted;
    private readonly DateTimeOffset _cut;

    private Downtime(ServedShop shop, double counted, DateTimeOffset cut) => (_shop, _counted, _cut) = (shop, counted, cut);

    /// <summary>Takes Neon away.</summary>
    public static async Task<Downtime> BeginAsync(ServedShop shop)
    {
        var counted = await SumAsync(shop, "down/neon");
        var cut = DateTimeOffset.UtcNow;
        await shop.TurnAsync("neon");
        return new Downtime(shop, counted, cut);
    }

    /// <summary>The seconds from the cut until the shop had its first connection again; the server knows when that was.</summary>
    public async Task<double> TrueSecondsAsync()
        => (await _shop.AskNeonAsync<DateTime>($"select min(backend_start) from pg_stat_activity where backend_type = 'client backend' and application_name <> '{ServedShop.OwnName}'") - _cut.UtcDateTime).TotalSeconds;

    /// <summary>The seconds that the figures have counted as down meanwhile, once they are written beyond the end of it.</summary>
    public async Task<double> CountedSecondsAsync()
    {
        var began = Stopwatch.GetTimestamp();
        for (var up = await SumAsync(_shop, "up/neon"); await SumAsync(_shop, "up/neon") <= up;)
        {
            Assert.True(Stopwatch.GetElapsedTime(began) < Limit, $"Waited {Limit.TotalSeconds} s in vain for figures from beyond the outage");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        }

        return await SumAsync(_shop, "down/neon") - _counted;
    }

    // The hour's pieces are added up, as the page does.
    private static Task<double> SumAsync(ServedShop shop, string figure)
        => shop.AskSupabaseAsync<double>($"select coalesce(sum((figures::json -> 'sums' ->> '{figure}')::float8), 0) from dualdb.kpi_rollups where seconds = 60");
}
