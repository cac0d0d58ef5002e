using System.Text.Json;
using DualDb.Benchmarks.Scorecard;

namespace DualDb.Benchmarks.Tests;

/// <summary>The floors that are promised are the floors that are compared.</summary>
public sealed class FloorsTests
{
    // The table of the promise, once more: whoever changes one of the two has to mean it.
    private static readonly Dictionary<string, double> Promised = new(StringComparer.Ordinal)
    {
        ["key_time"] = 1.10,
        ["key_alloc"] = 1.15,
        ["key_dapper"] = 1.00,
        ["key_ef"] = 0.80,
        ["key_default"] = 0.65,
        ["rows_time"] = 1.10,
        ["rows_alloc"] = 1.05,
        ["rows_dapper"] = 0.95,
        ["rows_ef"] = 0.80,
        ["predicate_us"] = 2,
        ["predicate_bytes"] = 1_024,
        ["keys20"] = 1.20,
        ["insert1k_ef"] = 0.20,
        ["insert100k_copy"] = 1.15,
        ["view1"] = 1.15,
        ["view100"] = 1.15,
        ["view100_naive"] = 40,
        ["view3"] = 1.15,
        ["stream_mb"] = 30,
        ["rest_time"] = 0.5,
        ["rest_alloc"] = 0.5,
        ["view_rest"] = 1.15,
        ["outbox_write"] = 1.35,
        ["outbox_rate"] = 0.7,
        ["outbox_p99_ms"] = 250,
        ["saga_overhead"] = 2.5,
        ["sync_capture"] = 1.35,
        ["sync_rate"] = 0.5,
        ["sync_p99_ms"] = 1000,
        ["verify_scan"] = 3,
        ["migrate_noop"] = 3,
        ["monitoring_overhead"] = 1.03,
        ["dashboard_viewers"] = 0.05,
        ["gen_share"] = 0.15,
        ["l1_time"] = 1.5,
        ["l1_bytes"] = 0,
        ["view_hit"] = 2,
        ["miss_us"] = 10,
        ["stampede"] = 1,
        ["multiget"] = 1,
        ["propagation_ms"] = 50,
        ["codec_time"] = 0.4,
        ["codec_size"] = 0.6,
    };

    [Fact]
    public void The_file_has_exactly_the_promised_rows_and_limits()
        => Assert.Equal(
            Promised.OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            Floors.Load().Select(static floor => KeyValuePair.Create(floor.Id, floor.Limit)).OrderBy(static pair => pair.Key, StringComparer.Ordinal));

    [Fact]
    public void Only_the_naive_loop_is_to_be_slow_and_only_events_and_changes_are_to_be_many()
        => Assert.Equal(["view100_naive", "outbox_rate", "sync_rate"], Floors.Load().Where(static floor => floor.AtLeast is not null).Select(static floor => floor.Id));

    [Fact]
    public void Every_row_is_measured_by_one_experiment()
        => Assert.Equal(
            Promised.Keys.Order(StringComparer.Ordinal),
            Contents.Experiments.SelectMany(static experiment => experiment.Ids).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("""{"floors":[{"id":"a","what":"","unit":"","atMost":1},{"id":"a","what":"","unit":"","atMost":2}]}""")]
    [InlineData("""{"floors":[{"id":"a","what":"","unit":""}]}""")]
    [InlineData("""{"floors":[{"id":"a","what":"","unit":"","atMost":1,"atLeast":1}]}""")]
    public void A_floor_is_listed_once_and_has_one_limit(string json)
        => Assert.Throws<InvalidDataException>(() => Floors.Parse(json));

    [Fact]
    public void A_misspelt_limit_is_refused()
        => Assert.Throws<JsonException>(() => Floors.Parse("""{"floors":[{"id":"a","what":"","unit":"","atmostly":1}]}"""));
}
