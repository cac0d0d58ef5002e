using System.Diagnostics;
using System.Globalization;
using DualDb.Consistency.Worker;
using DualDb.Testing;

namespace DualDb.Consistency.Tests.Chaos;

/// <summary>
/// Both sides write the same rows while three nodes that carry the changes are killed and frozen, both servers crash, and all lines are cut and held up. Every committed write is in a log once, so that none was lost and none told
/// back; every row that one writer alone wrote is on both sides; and both sides are equal.
/// </summary>
[Collection(nameof(ChaosCollection))]
public sealed class SyncChaosTests
{
    private const int Workers = 3;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Every_write_is_carried_or_decided_and_both_sides_end_equal()
    {
        await using var place = await ChaosPlace.CreateAsync();
        using var workers = new ChaosWorkers(place, Workers, "sync");
        using var ledger = new Ledger();
        await using var rig = await workers.StartAsync(ChaosLength.Seed);
        try
        {
            await DisturbAsync(place, rig, ledger);
            ledger.Add(workers.ReadLedgers());
            var record = new SyncRecord(place.Direct);
            var took = await DrainAsync(record);
            var logged = ledger.Compare(await record.LoggedAsync());
            Assert.True(logged.IsExact, $"Changes: {logged}");
            Assert.Empty(await record.ParkedAsync());
            Assert.All(rig.Workers, static worker => Assert.Equal(0, worker.OwnEnds));
            var done = Enum.GetValues<KillAction>().Select(action => string.Create(CultureInfo.InvariantCulture, $"{action} {rig.Count(action)}"));
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"Seed {rig.Seed}, {ChaosLength.ShortDuration.TotalSeconds} s: {string.Join(", ", done)}. {logged}, {await record.ConflictsAsync()} conflicts. Equal {took.TotalSeconds:0} s after the end");
        }
        catch (Exception exception)
        {
            Assert.Fail($"{exception}\n{rig.Report()}");
        }
    }

    private static async Task DisturbAsync(ChaosPlace place, KillRig rig, Ledger ledger)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var load = new SyncLoad(place.OverLines, ledger, "test", rig.Seed).RunAsync(TimeSpan.FromMilliseconds(10), stopping.Token);
        await rig.RunAsync(ChaosLength.ShortDuration, TestContext.Current.CancellationToken);
        await stopping.CancelAsync();
        await load;
        await Task.WhenAll(rig.Workers.Select(static worker => worker.AskAsync("stop", "stopped", TestContext.Current.CancellationToken)));
    }

    private static async Task<TimeSpan> DrainAsync(SyncRecord record)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var (neon, supabase) = (await record.RowsAsync(Database.Neon), await record.RowsAsync(Database.Supabase));
            if (neon.SequenceEqual(supabase, StringComparer.Ordinal))
            {
                return watch.Elapsed;
            }

            if (watch.Elapsed > Deadline)
            {
                Assert.Fail($"Not equal {Deadline.TotalSeconds} s after the end: {string.Join("; ", neon.Except(supabase).Take(10))} in Neon, {string.Join("; ", supabase.Except(neon).Take(10))} in Supabase.\n{string.Join('\n', await record.DescribeAsync())}");
            }

            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
