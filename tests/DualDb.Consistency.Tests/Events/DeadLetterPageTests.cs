using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Operating;
using DualDb.Consistency.Tests.Events.Rig;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Events;

/// <summary>Many dead letters, and what operators do about them. No dispatcher runs, so that nothing moves but what they move.</summary>
public sealed class DeadLetterPageTests(ConsistencyServers places)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_are_read_page_by_page_each_once()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await DieAsync(place, 9_990, "Bill", "InvalidDataException: order # is poison");
        await DieAsync(place, 10, "Mail", "TimeoutException: The broker is away", "Timeout: no answer from SMTP 10.0.0.1");
        var letters = place.Events.DeadLetters;

        var seen = new List<long>();
        (Database, long)? after = null;
        while (await letters.KnownBehindAsync(new DeadLetterFilter(), after, 1000, Token) is ({ Count: > 0 } page, { Count: 0 }))
        {
            seen.AddRange(page.Select(static letter => letter.Id));
            after = (page[^1].Source, page[^1].Id);
        }

        Assert.Equal(10_000, seen.Count);
        Assert.Equal(seen.Order().Distinct(), seen);
        Assert.Equal([("Bill", 9_990L), ("Mail", 10L)], (await letters.GroupsAsync(cancellationToken: Token)).Select(static group => (group.Handler, group.Count)));
        Assert.Equal(10, (await letters.ListAsync(new DeadLetterFilter { ErrorText = "NO ANSWER from smtp" }, cancellationToken: Token)).Count);
        Assert.Empty(await letters.ListAsync(new DeadLetterFilter { ErrorText = "%" }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_payload_is_replaced_and_replayed_in_one_step_and_the_one_before_it_is_kept()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await DieAsync(place, 2, "Bill", "poison");
        var letter = (await place.Events.DeadLetters.ListAsync(cancellationToken: Token))[0];

        foreach (var none in new[] { "{", "7", """{"number":"one","buyer":"ada"}""", """{"buyer":"ada"}""" })
        {
            var refused = await Assert.ThrowsAsync<ArgumentException>(() => place.Events.DeadLetters.ReplayEditedAsync(letter, none, version: null, "eve", "a test", Token));
            Assert.DoesNotContain("at DualDb", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(2L, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_deliveries where state = 'dead'"));
        Assert.Equal(0L, await place.AskNeonAsync<long>("select count(*) from dualdb.outbox_audit"));
        Assert.True(await place.Events.DeadLetters.ReplayEditedAsync(letter, """{"number":7,"buyer":"ada"}""", version: null, "eve", "the buyer was wrong", Token));
        Assert.False(await place.Events.DeadLetters.ReplayEditedAsync(letter, """{"number":8,"buyer":"ada"}""", version: null, "eve", "again", Token));

        Assert.Equal("""retrying 0 {"number":7,"buyer":"ada"}""", await place.AskNeonAsync<string>($"select state || ' ' || attempts || ' ' || payload from dualdb.outbox_deliveries where id = {letter.Id}"));
        var (history, _) = await place.Events.DeadLetters.AuditPageAsync(before: null, 10, Token);
        Assert.Equal([("replay", null), ("edit", letter.Event.Payload)], history.Select(static entry => (entry.Action, entry.Payload)));
        Assert.All(history, static entry => Assert.Equal(("eve", "the buyer was wrong"), (entry.Actor, entry.Reason)));
    }

    [Fact]
    public async Task A_group_is_replayed_another_is_discarded_and_the_history_is_read_page_by_page()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await DieAsync(place, 40, "Bill", "one");
        await DieAsync(place, 30, "Bill", "two");
        var letters = place.Events.DeadLetters;

        Assert.Equal(40, await letters.ReplayAsync(new DeadLetterFilter { FailureGroup = "one", Handler = "Bill" }, "ada", cancellationToken: Token));
        Assert.Equal(30, await letters.DiscardAsync(new DeadLetterFilter { FailureGroup = "two" }, "ada", "out of date", Token));
        Assert.Equal(0, await letters.DiscardAsync(new DeadLetterFilter { FailureGroup = "one" }, "ada", "those are tried again", Token));

        var seen = new List<DeadLetterAudit>();
        while (await letters.AuditPageAsync(seen.Count == 0 ? null : new AuditPlace(seen[^1].At, seen[^1].Source, seen[^1].Id), 16, Token) is ({ Count: > 0 } page, _))
        {
            seen.AddRange(page);
        }

        Assert.Equal(70, seen.Select(static entry => entry.Id).Distinct().Count());
        Assert.Equal(70, seen.Count);
        Assert.Equal([("discard", 30), ("replay", 40)], seen.GroupBy(static entry => entry.Action).Select(static group => (group.Key, group.Count())));
        Assert.All(seen.Where(static entry => entry.Action == "discard"), static entry => Assert.NotNull(entry.Payload));
    }

    [Fact]
    public async Task The_outbox_is_counted_by_event()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers);
        await place.PublishAsync("ada", 1, 2);
        await place.Events.PublishAsync(new PurchaseMade(3, "bob"), after: TimeSpan.FromHours(1), database: Database.Supabase, cancellationToken: Token);
        await DieAsync(place, 3, "Bill", "poison", name: "order.<b>");
        await place.AskNeonAsync<long>("with leased as (update dualdb.outbox_slots set expires_at = clock_timestamp() + interval '1 hour' returning 1) select count(*) from leased");

        var status = await place.Events.StatusAsync(Token);

        Assert.Equal([Database.Neon, Database.Supabase], status.Select(static one => one.Source));
        Assert.Equal([new OutboxEventStatus("order.<b>") { Dead = 3, Oldest = status[0].Events[0].Oldest }, new OutboxEventStatus("purchase.made") { Pending = 2, Processing = 2, Oldest = status[0].Events[1].Oldest }], status[0].Events);
        Assert.Equal([new OutboxEventStatus("purchase.made") { Scheduled = 1 }], status[1].Events);
        Assert.NotNull(status[0].Oldest);
    }

    [Fact]
    public async Task Where_the_tables_are_missing_it_is_said_what_to_call()
    {
        await using var place = await EventPlace.CreateAsync(places.Servers, install: false);
        var missing = await Assert.ThrowsAsync<SchemaVersionException>(() => place.Events.StatusAsync(Token));
        Assert.Contains("events schema is not installed in Neon", missing.Message, StringComparison.Ordinal);
        Assert.Contains("InstallAsync()", missing.Message, StringComparison.Ordinal);
    }

    /// <summary>Deliveries that were given up, as a node leaves them.</summary>
    private static Task DieAsync(EventPlace place, int count, string handler, string failure, string? error = null, string name = "purchase.made")
        => place.AskNeonAsync<long>($"""
            with died as (
                insert into dualdb.outbox_deliveries (outbox_id, event_id, published_at, name, version, slot, key, payload, handler, state, attempts, failure, error, failed_at)
                select nextval('dualdb.outbox_id'), gen_random_uuid(), clock_timestamp(), '{name}', 1, n % 64, 'key' || n, json_build_object('number', n, 'buyer', 'buyer' || n), '{handler}', 'dead', 5, '{failure}', '{error ?? failure}', clock_timestamp()
                from generate_series(1, {count}) n returning 1)
            select count(*) from died
            """);
}
