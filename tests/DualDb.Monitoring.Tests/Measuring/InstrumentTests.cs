using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Monitoring.Rollups;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Verification;
using DualDb.Diagnostics.Calls;
using DualDb.Monitoring.Tests.Places;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Monitoring.Tests.Measuring;

/// <summary>What instruments say while a node carries changes.</summary>
public sealed class InstrumentTests(MonitoringServers servers)
{
    [Fact]
    public async Task A_direction_tells_what_wakes_it_and_whether_changes_come_by_themselves()
    {
        using var heard = new HeardMeters("sync.wake", "sync.listener_connected");
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true);
        await node.Db.Orders.InsertAsync(OrderOf(1));
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from order_copies") == 1, "it is carried");

        await Eventually.HoldsAsync(() => heard.Sum("sync.wake", "cause", "poll") > 0, "it looks again by itself");
        await Eventually.HoldsAsync(() => heard.Last("sync.listener_connected", "source", "Neon") is 0, "it polls");
    }

    [Fact]
    public async Task Rows_that_were_repaired_are_counted_by_map_and_action()
    {
        using var heard = new HeardMeters("consistency.repaired");
        await using var place = await MonitoredPlace.CreateAsync(servers);
        var node = await place.StartAsync(syncs: true);
        await node.Db.Orders.InsertAsync(OrderOf(1));
        await node.Db.Orders.InsertAsync(OrderOf(2));
        await Eventually.HoldsAsync(async () => await MonitoredPlace.AskAsync<long>(place.Supabase, "select count(*) from order_copies") == 2, "they are carried");
        await MonitoredPlace.AskAsync<int>(place.Supabase, "with gone as (delete from order_copies where total = 1 returning 1), other as (update order_copies set total = 7 where total = 2 returning 1) select 1");
        var (inserted, updated) = (heard.Sum("consistency.repaired", "action", "insert"), heard.Sum("consistency.repaired", "action", "update"));

        var report = await node.Db.Sync.VerifyAsync(new VerificationOptions { Orphans = false });
        await node.Db.Sync.RepairAsync(report, new RepairOptions());

        Assert.Equal((inserted + 1, updated + 1), (heard.Sum("consistency.repaired", "action", "insert"), heard.Sum("consistency.repaired", "action", "update")));
    }

    [Theory]
    [InlineData(61, 600, 1)]
    [InlineData(61, 400, 0)]
    [InlineData(59, 600, 0)]
    public void A_slow_call_after_a_quiet_minute_is_a_cold_start(int quiet, int milliseconds, int expected)
    {
        var clock = new FakeTimeProvider();
        var measurement = new CallMeasurement("cold", clock, new OwnFigures(clock.GetUtcNow()), 10);
        using var heard = new HeardMeters("db.cold_starts");
        Call(1);
        clock.Advance(TimeSpan.FromSeconds(quiet));
        var before = heard.Sum("db.cold_starts", "application", "cold");
        Call(milliseconds);

        Assert.Equal(expected, heard.Sum("db.cold_starts", "application", "cold") - before);

        void Call(int took)
        {
            var began = clock.GetTimestamp();
            clock.Advance(TimeSpan.FromMilliseconds(took));
            measurement.Succeeded(Database.Neon, new CallName("Order", "FindAsync", "select 1"), began, clock.GetTimestamp());
        }
    }

    [Fact]
    public async Task Only_a_whole_comparison_makes_both_sides_of_a_root_known_as_equal()
    {
        using var heard = new HeardMeters("consistency.last_success_age");
        await using var root = MonitoredDb.Create(static options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = ("Host=neon", "Host=supabase"));
        var registry = root.Sync.Registry;
        var other = DispatchProxy.Create<IDualDatabase, OtherRoot>();
        ((OtherRoot)other).Root = root;
        var sync = new DatabaseSync(other, registry);
        var clock = new FakeTimeProvider();
        var map = new MapVerification(Assert.Single(registry.Maps).Name, 1, 1, [], 0, IsPartial: false, IsConfirmed: true, []);
        var reference = new ReferenceVerification(Assert.Single(registry.References).Name, 1, [], IsPartial: false, IsConfirmed: true);
        var whole = new VerificationReport(DateTimeOffset.UnixEpoch, TimeSpan.Zero, [map]) { References = [reference] };

        Tell(whole with { References = [] });
        Tell(whole with { Maps = [] });
        Assert.Null(Age());
        Tell(whole);
        clock.Advance(TimeSpan.FromSeconds(7));
        Tell(whole with { References = [] });
        Tell(whole with { References = [reference with { IsPartial = true }] });
        Tell(whole with { Maps = [map with { IsPartial = true }] });
        Assert.Equal(7, Age());
        Tell(whole);
        Assert.Equal(0, Age());
        SyncMeter.End(sync);

        double? Age() => heard.Last("consistency.last_success_age", "root", other.GetType().Name);

        void Tell(VerificationReport report) => SyncMeter.Verified(sync, report, clock.GetTimestamp(), clock);
    }

    private static Order OrderOf(decimal total) => new() { Id = Guid.NewGuid(), BuyerId = Guid.NewGuid(), Total = total };

    /// <summary>Keeps what some instruments say. They are the process's: other tests are heard as well.</summary>
    private sealed class HeardMeters : IDisposable
    {
        private readonly ConcurrentQueue<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> _heard = new();
        private readonly MeterListener _listener = new();

        public HeardMeters(params string[] names)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (names.Contains(instrument.Name))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _heard.Enqueue((instrument.Name, value, tags.ToArray())));
            _listener.Start();
        }

        public double Sum(string name, string tag, string value) => Of(name, tag, value).Sum(static one => one.Value);

        public double? Last(string name, string tag, string value)
        {
            _listener.RecordObservableInstruments();
            return Of(name, tag, value).Select(static one => (double?)one.Value).LastOrDefault();
        }

        public void Dispose() => _listener.Dispose();

        private IEnumerable<(string Name, double Value, KeyValuePair<string, object?>[] Tags)> Of(string name, string tag, string value)
            => _heard.Where(one => one.Name == name && one.Tags.Any(known => known.Key == tag && known.Value as string == value));
    }

    /// <summary>A root of another name, with the databases of one that is at hand.</summary>
    public class OtherRoot : DispatchProxy
    {
        internal IDualDatabase Root { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Invoke(Root, args);
    }
}
