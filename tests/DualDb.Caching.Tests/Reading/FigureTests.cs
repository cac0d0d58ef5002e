using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace DualDb.Caching.Tests.Reading;

/// <summary>What the meter tells.</summary>
public sealed class FigureTests(StoreServers servers)
{
    [Fact]
    public async Task The_meter_tells_of_hits_misses_loads_invalidations_and_the_breaker()
    {
        var seen = new ConcurrentDictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == DualDbTelemetry.CacheMeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, known) => known + value));

        // The largest: the meter is the process's, and tests beside this one let their clocks stand.
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, known) => Math.Max(known, value)));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen.AddOrUpdate(instrument.Name, value, (_, known) => Math.Min(known, value)));
        listener.Start();
        await using var store = await servers.CreateAsync();
        var db = store.Create();
        var lamp = await db.Products.InsertAsync(store.NewProduct());
        await db.Products.GetAsync(lamp.Id);
        await db.Products.GetAsync(lamp.Id);
        await db.Products.FindManyAsync([lamp.Id, -1]);
        listener.RecordObservableInstruments();

        Assert.True(seen["dualdb.cache.hits"] >= 2);
        Assert.True(seen["dualdb.cache.misses"] >= 2);
        Assert.True(seen["dualdb.cache.loads"] >= 2);
        Assert.True(seen["dualdb.cache.invalidations.sent"] >= 1);
        Assert.True(seen["dualdb.cache.load.duration"] > 0);
        Assert.True(seen["dualdb.cache.redis.duration"] > 0);
        Assert.Equal((int)RedisState.Connected, seen["dualdb.cache.redis.state"]);
        Assert.Equal(2, db.Cache.GetStatistics().Entities.Single(static entity => entity.Name == nameof(Product)).Loads);
    }
}
