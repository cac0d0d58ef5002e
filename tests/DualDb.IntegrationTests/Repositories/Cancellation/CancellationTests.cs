using System.Diagnostics;
using System.Globalization;
using DualDb.IntegrationTests.Repositories.Contract;
using DualDb.IntegrationTests.Repositories.Load;
using DualDb.IntegrationTests.Repositories.Places;
using DualDb.Shapes.Neon;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Repositories.Cancellation;

/// <summary>
/// Calls that are cancelled at a hundred random moments, over a line slow enough for the moments to fall into all of their phases:
/// each either happened or did not, and every connection goes back to the pool clean.
/// </summary>
public sealed class CancellationTests(ShapeServers servers, ITestOutputHelper output)
{
    private const int Moments = 100;
    private const int MostDone = 20 * Moments;
    private const int RowsAtOnce = 2 * Place.CopyThreshold;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task Leaves_a_clean_pool(Endpoint endpoint)
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Servers.Neon, static options => options.PoolSize = Place.MaxPoolSize);
        var port = endpoint == Endpoint.Direct ? servers.Servers.Neon.Port : pooler.Port;
        await using var proxy = await LatencyProxy.StartAsync("127.0.0.1", port);
        await using var place = await servers.CreateAsync($"cancellation_{endpoint}", (neon, supabase) => (proxy.Rewrite(neon), supabase));
        var work = new CancelledWork(place);
        await work.PrepareAsync();
        proxy.Delay = RoundTrip;

        var (done, cancelled) = await CancelAtRandomMomentsAsync(work, await MeasureAsync(work));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cancelled} calls were cancelled, {done} were done before."));

        Assert.Equal(Moments, cancelled);
        await work.AssertAllOrNothingAsync(RowsAtOnce);
        await AssertPoolIsCleanAsync(place, endpoint);
    }

    /// <summary>How long each call takes here and now, so that moments can be chosen within it on any machine.</summary>
    private static async Task<TimeSpan[]> MeasureAsync(CancelledWork work)
    {
        var durations = new TimeSpan[work.Calls.Count];
        for (var call = 0; call < durations.Length; call++)
        {
            await work.Calls[call](RowsAtOnce, TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            await work.Calls[call](RowsAtOnce, TestContext.Current.CancellationToken);
            durations[call] = watch.Elapsed;
        }

        return durations;
    }

    /// <summary>
    /// Goes on until as many calls were really cancelled as there are moments. A call that was done sooner than it was to be cancelled tells how long
    /// it takes by now, and later moments are chosen within that: a machine that gets faster while it measures would otherwise cancel next to nothing.
    /// </summary>
    private static async Task<(int Done, int Cancelled)> CancelAtRandomMomentsAsync(CancelledWork work, TimeSpan[] durations)
    {
        var random = new Random(20_240_229);
        var (done, cancelled) = (0, 0);
        while (cancelled < Moments && done < MostDone)
        {
            var call = (done + cancelled) % work.Calls.Count;
            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            var watch = Stopwatch.StartNew();
            cancellation.CancelAfter(random.NextDouble() * durations[call]);
            try
            {
                await work.Calls[call](RowsAtOnce, cancellation.Token);
                durations[call] = watch.Elapsed;
                done++;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                cancelled++;
            }

            // The very next call, perhaps on the same connection, is answered as if nothing had happened.
            await work.AssertAnswersAsync();
        }

        return (done, cancelled);
    }

    private static async Task AssertPoolIsCleanAsync(Place place, Endpoint endpoint)
    {
        var source = await place.Db.Neon.GetDataSourceAsync(TestContext.Current.CancellationToken);

        // As many connections at once as the pool has: a leaked one would be missed.
        Assert.Empty(await SessionState.LeftInAsync(source, Place.MaxPoolSize, mayPrepare: endpoint == Endpoint.Direct));
        await Eventually.HoldsAsync(
            async () => await place.ScalarAsync(
                Database.Neon,
                """
                select count(*) from pg_stat_activity
                where datname = current_database() and application_name <> 'around' and (state <> 'idle' or xact_start is not null)
                """) is 0L,
            Patience,
            "a statement or transaction of a cancelled call is still open");
    }
}
