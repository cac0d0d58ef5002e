using System.Diagnostics;
using System.Diagnostics.Metrics;
using DualDb.Consistency.Events;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Partitions, retention, figures, traces and health.</summary>
public sealed class OperatingTests(ConsistencyServers places)
{
    [Fact]
    public async Task Partitions_are_made_ahead_and_dropped_when_all_of_their_events_are_handled_and_old()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        Assert.Equal(4, await place.AskNeonAsync<long>("select count(*) from pg_inherits where inhparent = 'dualdb.outbox'::regclass and inhrelid::regclass::text like '%outbox_p2%'"));
        foreach (var day in new[] { "2020-01-01", "2020-01-02" })
        {
            var name = "outbox_p" + day.Replace("-", "", StringComparison.Ordinal);
            await place.AskNeonAsync<string>($"""
                do $$ begin
                    create table dualdb.{name} partition of dualdb.outbox for values from ('{day} 00:00Z') to (timestamptz '{day} 00:00Z' + interval '1 day');
                    insert into dualdb.outbox (published_at, event_id, name, version, slot, payload, handled_at) values ('{day} 12:00Z', gen_random_uuid(), 'purchase.made', 1, 0, '{"{}"}', now());
                end $$;
                select 'done'
                """);
        }

        // An event that nobody knows is parked: its delivery keeps the second day's inbox, not its partition. One that is not handled keeps the partition.
        await place.AskNeonAsync<long>("with moved as (update dualdb.outbox set handled_at = null, due_at = now() + interval '1 day' where published_at::date = '2020-01-02' returning 1) select count(*) from moved");
        await place.StartAsync();
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<bool>("select to_regclass('dualdb.outbox_p20200101') is null"), "the first day's end");
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('dualdb.outbox_p20200102') is not null"));
    }

    [Fact]
    public async Task What_was_handled_is_forgotten_only_when_nothing_older_is_open()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        const string Old = "with added as (insert into dualdb.inbox (event_id, handler, handled_at) values (gen_random_uuid(), 'RecordActivity', '2020-01-01') returning 1) select count(*) from added";
        await place.AskSupabaseAsync<long>(Old);
        await place.AskNeonAsync<long>("with added as (insert into dualdb.outbox (published_at, event_id, name, version, slot, payload, due_at) values ('2019-01-01', gen_random_uuid(), 'purchase.made', 1, 0, '{}', now() + interval '1 day') returning 1) select count(*) from added");
        var first = await place.StartAsync();
        await Eventually.HoldsAsync(() => first.IsKnown, "the figures");
        await place.PublishAsync("ada", 1);
        await Eventually.HoldsAsync(async () => await place.Db.Activities.CountAsync() == 1, "an event");
        await first.StopAsync();
        Assert.Equal(2, await place.AskSupabaseAsync<long>("select count(*) from dualdb.inbox"));

        await place.AskNeonAsync<long>("with gone as (delete from dualdb.outbox where published_at < '2020-01-01' returning 1) select count(*) from gone");
        await place.StartAsync();
        await Eventually.HoldsAsync(async () => await place.AskSupabaseAsync<long>("select count(*) from dualdb.inbox") == 1, "the old row's end");
    }

    [Fact]
    public async Task What_operators_did_is_kept_as_long_as_options_say()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.AskNeonAsync<long>("""
            with added as (
                insert into dualdb.outbox_audit (at, actor, action, delivery_id, event_id, name, handler)
                select clock_timestamp() - make_interval(days => age), 'ada', 'replay', 1, gen_random_uuid(), 'purchase.made', 'RecordActivity' from unnest(array[40, 31, 29, 0]) age returning 1)
            select count(*) from added
            """);
        await place.StartAsync(static options => options.AuditRetention = TimeSpan.FromDays(30));
        await Eventually.HoldsAsync(async () => await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_audit") == 2, "the old records' end");
        Assert.True(await place.AskNeonAsync<bool>("select min(at) > clock_timestamp() - interval '30 days' from dualdb.outbox_audit"));
    }

    [Fact]
    public async Task Dead_letters_of_both_databases_are_listed_page_by_page()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var node = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = static (_, _, _) => throw new InvalidDataException("poison") });
        for (var number = 0; number < 3; number++)
        {
            await place.PublishAsync("ada" + number, number);
            await using var transaction = await place.Db.BeginSupabaseAsync();
            transaction.Publish(new PurchaseMade(10 + number, "bob"), key: "bob" + number);
            await transaction.CommitAsync();
        }

        await Eventually.HoldsAsync(async () => (await node.Events.DeadLetters.ListAsync()).Count == 6, "all dead letters");
        var seen = new List<DeadLetter>();
        while (await node.Events.DeadLetters.ListAsync(after: seen.LastOrDefault(), limit: 2) is { Count: > 0 } page)
        {
            seen.AddRange(page);
        }

        Assert.Equal(await node.Events.DeadLetters.ListAsync(), seen);
        Assert.Equal([Database.Neon, Database.Neon, Database.Neon, Database.Supabase, Database.Supabase, Database.Supabase], seen.Select(static letter => letter.Source));

        // What could not have been published is not stored by an edit either.
        foreach (var payload in new[] { "{", $$"""{"number":1,"buyer":"{{new string('x', 300_000)}}"}""" })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => node.Events.DeadLetters.EditAsync(seen[0], payload, version: null, "ada", "a test"));
        }
    }

    [Fact]
    public async Task Figures_health_and_traces_tell_what_happens()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        var traces = new List<System.Diagnostics.Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is EventTelemetry.SourceName or "test",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (traces)
                {
                    traces.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener { InstrumentPublished = (instrument, subscription) => Subscribe(instrument, subscription) };
        var attempts = 0L;
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) => Interlocked.Add(ref attempts, instrument.Name == "outbox.attempts" ? value : 0));
        meters.Start();
        var node = await place.StartAsync(behaviour: new Behaviour { BeforeRecording = (e, _, _) => e.Number == 2 ? throw new InvalidDataException("poison") : Task.CompletedTask });
        using var source = new ActivitySource("test");
        ActivityTraceId origin;
        using (var activity = source.StartActivity("buy"))
        {
            origin = activity!.TraceId;
            await place.PublishAsync("ada", 1);
        }

        await node.Events.Delivered.WaitForAsync<PurchaseMade>(e => e.Number == 1);
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Healthy, "health, once the other outbox was looked at too");
        lock (traces)
        {
            Assert.Contains(traces, trace => trace.DisplayName == "handle purchase.made" && trace.Links.Any(link => link.Context.TraceId == origin));
        }

        await place.PublishAsync("ada", 2);
        await Eventually.HoldsAsync(async () => (await node.HealthAsync()).Status == HealthStatus.Degraded, "degraded health");
        Assert.Contains("given up", (await node.HealthAsync()).Description, StringComparison.Ordinal);
        Assert.True(Interlocked.Read(ref attempts) >= 5);

        static void Subscribe(Instrument instrument, MeterListener subscription)
        {
            if (instrument.Meter.Name == EventTelemetry.MeterName)
            {
                subscription.EnableMeasurementEvents(instrument);
            }
        }
    }
}
