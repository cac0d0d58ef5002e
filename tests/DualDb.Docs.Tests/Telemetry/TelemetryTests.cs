using System.Diagnostics.Metrics;
using DualDb.OpenTelemetry;

namespace DualDb.Docs.Tests.Telemetry;

public sealed class TelemetryTests
{
    [Fact]
    public void Every_instrument_is_on_the_page_as_it_is_created_and_no_other()
    {
        var created = Instruments.All().Select(static instrument => $"{instrument.Name} | {instrument.Meter.Name} | {Instruments.KindOf(instrument)} | {instrument.Unit}").Order(StringComparer.Ordinal);
        var told = TelemetryPage.Instruments.Select(static row => $"{row.Name} | {row.Meter} | {row.Kind} | {row.Unit}").Order(StringComparer.Ordinal);

        Assert.Equal(created, told);
    }

    [Fact]
    public void Every_instrument_has_a_meaning_there_and_a_description_of_its_own()
    {
        Assert.All(TelemetryPage.Instruments, static row => Assert.NotEmpty(row.Meaning));
        Assert.All(Instruments.All(), static instrument => Assert.False(string.IsNullOrEmpty(instrument.Description), instrument.Name));
    }

    [Fact]
    public void Every_duration_brings_buckets_of_seconds()
    {
        var durations = Instruments.All().Where(static instrument => Instruments.KindOf(instrument) == "histogram").ToList();

        Assert.NotEmpty(durations);
        Assert.All(durations, static instrument =>
        {
            Assert.Equal("s", instrument.Unit);
            var boundaries = Assert.IsType<Histogram<double>>(instrument).Advice?.HistogramBucketBoundaries;
            Assert.True(boundaries is { Count: > 5 } && boundaries[0] < 0.1 && boundaries[^1] >= 10, $"{instrument.Name} has no buckets of seconds");
            Assert.Contains(1, boundaries);
        });
    }

    [Fact]
    public void Every_meter_and_source_is_taken_up_by_the_instrumentation_and_on_the_page()
    {
        var meters = Instruments.All().Select(static instrument => instrument.Meter.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(meters, Instruments.NamesOf("MeterName").Distinct(StringComparer.Ordinal));
        Assert.Equal([.. meters, "Npgsql"], DualDbInstrumentation.Meters);
        Assert.Equal([.. Instruments.NamesOf("SourceName"), "Npgsql"], DualDbInstrumentation.ActivitySources);
        Assert.Equal(DualDbInstrumentation.ActivitySources, TelemetryPage.Sources.Order(StringComparer.Ordinal));
    }
}
