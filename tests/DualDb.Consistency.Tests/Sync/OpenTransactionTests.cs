using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Tests.Places;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>A transaction that stays open for a minute. On servers of its own: nothing is removed meanwhile from any log of a server, which other tests wait for.</summary>
public sealed class OpenTransactionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task It_shows_in_the_meter_and_by_alert_and_passes_over_nothing_of_what_others_commit()
    {
        await using var servers = await LocalServers.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var place = await SyncPlace.CreateAsync(servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var alerts = new ConcurrentQueue<SyncAlert>();
        var node = await place.StartAsync(static options => (options.PageSize, options.MaxPollInterval) = (7, TimeSpan.FromMilliseconds(250)), alerts: alerts.Enqueue);
        await using var connection = new NpgsqlConnection(place.Neon);
        await connection.OpenAsync();
        await using var slow = await connection.BeginTransactionAsync();
        var rounds = 0;
        for (var age = TimeSpan.Zero; age <= Minute; age += Step)
        {
            // It writes before and after what others commit, on which it is older and younger in turn.
            await using var own = new NpgsqlCommand($"insert into items (id, name) values ({rounds}, 'slow')", connection, slow);
            await own.ExecuteNonQueryAsync();
            await place.NeonAsync($"insert into items (id, name) select {(rounds + 1) * 100} + n, 'quick' from generate_series(1, 20) n");
            await place.SettleAsync();
            Assert.Equal(++rounds * 20L, await place.SupabaseAsync("select count(*) from copies"));
            await Eventually.HoldsAsync(() => node.States.Single().OldestWriter > age, "the figure of the open transaction");
        }

        using var stall = new HorizonMeter();
        Assert.True(stall.Largest > Minute.TotalSeconds);
        Assert.Contains(alerts, static alert => alert is { Kind: SyncAlertKind.TransactionOpen, IsResolved: false });
        await slow.CommitAsync();
        await place.SettleAsync();
        Assert.Equal(rounds * 21L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.True((await place.Sync.VerifyAsync()).IsEqual);
        await Eventually.HoldsAsync(() => node.States.Single().OldestWriter < TimeSpan.FromSeconds(1), "the figure after its end");
        await Eventually.HoldsAsync(() => alerts.Any(static alert => alert is { Kind: SyncAlertKind.TransactionOpen, IsResolved: true }), "the end of the alert");
    }

    /// <summary>Reads the largest <c>sync.horizon_stall</c> of all nodes in this process.</summary>
    private sealed class HorizonMeter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private double _largest;

        public HorizonMeter()
        {
            _listener.InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "DualDb.Sync", Name: "sync.horizon_stall" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _largest = Math.Max(_largest, value));
            _listener.Start();
        }

        public double Largest
        {
            get
            {
                _listener.RecordObservableInstruments();
                return _largest;
            }
        }

        public void Dispose() => _listener.Dispose();
    }
}
