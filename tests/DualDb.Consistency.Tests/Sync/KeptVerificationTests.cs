using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Operating;
using DualDb.Consistency.Sync.Running;
using DualDb.Consistency.Sync.Verification;
using DualDb.Consistency.Tests.Places;
using Microsoft.Extensions.Logging.Abstractions;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Comparisons that are kept, with what they found; and what operators see of maps.</summary>
public sealed class KeptVerificationTests(ConsistencyServers places)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_comparison_finds_is_kept_shown_row_by_row_and_repaired()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync("insert into items (id, name, stock) select n, 'item ' || n, 1 from generate_series(1, 40) n");
        await place.SettleAsync();
        await place.SupabaseAsync("alter table copies disable trigger all; delete from copies where item_id <= 3; update copies set title = '<i>' where item_id = 10; insert into copies (item_id) values (99); alter table copies enable trigger all");

        var run = await place.Sync.Verifications.RunAsync("ada", cancellationToken: Token);

        var result = Assert.Single(run.Results);
        Assert.Equal((VerificationReason.Asked, "ada", false), (run.Reason, run.Actor, run.IsConsistent));
        Assert.Equal(("items", false, 40L, 38L, 3L, 1L, 1L, 0L), (result.Name, result.IsReference, result.SourceRows, result.TargetRows, result.MissingInTarget, result.MissingInSource, result.Different, result.Orphans));
        var first = await place.Sync.Verifications.DifferencesAsync(run.Id, "items", limit: 2, cancellationToken: Token);
        var rest = await place.Sync.Verifications.DifferencesAsync(run.Id, "items", first[^1].Number, cancellationToken: Token);
        Assert.Equal([1, 2, 3, 4, 5], first.Concat(rest).Select(static difference => difference.Number));
        var different = Assert.Single(first.Concat(rest), static difference => difference.Kind == DifferenceKind.Different);

        var row = await place.Sync.Verifications.RowAsync("items", different.Key, Token);
        Assert.Equal(("name", "title", "\"item 10\"", "\"<i>\""), row.Columns.Where(static column => column.Differs).Select(static column => (column.Source, column.Target, column.SourceValue, column.TargetValue)).Single());
        var missing = await place.Sync.Verifications.RowAsync("items", """{"id": 1}""", Token);
        Assert.Equal((true, false), (missing.IsInSource, missing.IsInTarget));

        var would = await place.Sync.Verifications.RepairAsync(run.Id, "ada", options: new RepairOptions { DryRun = true }, cancellationToken: Token);
        Assert.Equal(["delete", "insert", "insert", "insert", "update"], would.Select(static action => action.Action).Order());
        Assert.Equal(38L, await place.SupabaseAsync("select count(*) from copies"));
        Assert.Null((await place.Sync.Verifications.FindAsync(run.Id, Token))!.RepairedAt);

        await place.Sync.Verifications.RepairAsync(run.Id, "bob", "items", cancellationToken: Token);
        Assert.Equal("40 item 10", await place.SupabaseAsync("select count(*) || ' ' || max(title) filter (where item_id = 10) from copies"));
        var repaired = (await place.Sync.Verifications.FindAsync(run.Id, Token))!;
        Assert.Equal(("bob", 5L), (repaired.RepairedBy, repaired.RepairedRows));
        Assert.True((await place.Sync.Verifications.RunAsync("ada", cancellationToken: Token)).IsConsistent);
        Assert.Equal(2, (await place.Sync.Verifications.ListAsync(cancellationToken: Token)).Count);
        Assert.Equal(run.Id, Assert.Single(await place.Sync.Verifications.ListAsync((await place.Sync.Verifications.ListAsync(limit: 1, cancellationToken: Token))[0], cancellationToken: Token)).Id);
        await Assert.ThrowsAsync<ArgumentException>(() => place.Sync.Verifications.RepairAsync(12345, "bob", cancellationToken: Token));
    }

    [Fact]
    public async Task A_comparison_that_is_due_is_kept_without_an_actor()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.StartAsync(static options => options.VerifyEvery = TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(async () => (await place.Sync.Verifications.ListAsync(cancellationToken: Token)).Count > 0, "a comparison");
        Assert.All(await place.Sync.Verifications.ListAsync(cancellationToken: Token), static run => Assert.Equal((VerificationReason.Scheduled, null), (run.Reason, run.Actor)));
    }

    // Scheduled comparisons are a day apart, and what was found is repaired within minutes.
    [Fact]
    public async Task What_somebody_asks_for_in_this_process_is_what_alerts_look_at()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.NeonAsync("insert into items (id) values (1)");
        var verification = new ScheduledVerification(place.Sync, static () => true, TimeProvider.System, NullLogger.Instance);
        var options = new VerificationOptions { Patience = TimeSpan.FromMilliseconds(100) };

        await place.Sync.Verifications.RunAsync("ada", options, Token);
        Assert.Equal(SyncAlertKind.RowsDiffer, Assert.Single(SyncCondition.Of(verification)).Kind);

        await place.SupabaseAsync("alter table copies disable trigger all; insert into copies (item_id) values (1); alter table copies enable trigger all");
        Assert.Equal(SyncAlertKind.RowsDiffer, Assert.Single(SyncCondition.Of(verification)).Kind);
        Assert.True((await place.Sync.VerifyAsync(options, Token)).IsEqual);
        Assert.Empty(SyncCondition.Of(verification));
    }

    [Fact]
    public async Task What_somebody_asks_for_in_another_process_is_what_alerts_look_at()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        var node = await place.StartAsync(static options => options.CountEvery = TimeSpan.FromSeconds(1));
        await Eventually.HoldsAsync(() => node.Verification.Counts.Count == 1, "the node is at work");
        var at = DateTimeOffset.UtcNow;

        await place.Sync.Verifications.KeepAsync(Report(at, new RowDifference("items", """{"id": 1}""", DifferenceKind.Different, Reason: null) { KeyText = "1" }), VerificationReason.Asked, "ada", Token);
        await Eventually.HoldsAsync(() => SyncCondition.Of(node.Verification).Any(static condition => condition.Kind == SyncAlertKind.RowsDiffer), "the node tells of what was found elsewhere");

        await place.Sync.Verifications.KeepAsync(Report(at.AddSeconds(1)), VerificationReason.Asked, "ada", Token);
        await Eventually.HoldsAsync(() => !SyncCondition.Of(node.Verification).Any(), "the node knows that it is repaired");

        static VerificationReport Report(DateTimeOffset at, params IReadOnlyList<RowDifference> differences)
            => new(at, TimeSpan.FromSeconds(1), [new MapVerification("items", 1, 1, differences, InFlight: 0, IsPartial: false, IsConfirmed: true, Faults: [])]);
    }

    [Fact]
    public void A_comparison_of_a_part_leaves_the_rest_as_it_was_found()
    {
        static VerificationReport Report(params IReadOnlyList<(string Map, int Differences)> maps)
            => new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, [.. maps.Select(static map => new MapVerification(map.Map, 1, 1, [.. Enumerable.Repeat(new RowDifference(map.Map, "{}", DifferenceKind.Different, null), map.Differences)], 0, false, true, []))]);

        static string Of(VerificationReport? report) => report is null ? "nothing" : string.Join(" ", report.Maps.Select(static map => $"{map.Map}:{map.Differences.Count}"));

        Assert.Equal("nothing", Of(LaterComparison.Over(null, Report(("a", 0)), isWhole: false)));
        Assert.Equal("a:0", Of(LaterComparison.Over(null, Report(("a", 0)), isWhole: true)));
        Assert.Equal("a:2", Of(LaterComparison.Over(null, Report(("a", 2)), isWhole: false)));
        Assert.Equal("b:1 a:0", Of(LaterComparison.Over(Report(("a", 2), ("b", 1)), Report(("a", 0)), isWhole: false)));
        Assert.Equal("a:0 b:0", Of(LaterComparison.Over(Report(("a", 2), ("b", 1)), Report(("a", 0), ("b", 0)), isWhole: true)));
    }

    [Fact]
    public async Task What_is_old_or_too_much_is_removed()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.SupabaseAsync("""
            insert into dualdb.verification_runs (started_at, duration, reason, is_consistent) select clock_timestamp() - interval '91 days', interval '1 s', 'scheduled', true from generate_series(1, 50);
            insert into dualdb.verification_runs (started_at, duration, reason, is_consistent) select clock_timestamp(), interval '1 s', 'scheduled', true from generate_series(1, 1100);
            insert into dualdb.verification_differences (run, number, name, kind, key, key_text) select id, 1, 'items', 'different', '{}', '1' from dualdb.verification_runs
            """);
        var report = new VerificationReport(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(1), []);
        await place.Sync.Verifications.KeepAsync(report, VerificationReason.Counts, actor: null, Token);
        Assert.Equal(1000L, await place.SupabaseAsync("select count(*) from dualdb.verification_runs"));
        Assert.Equal(999L, await place.SupabaseAsync("select count(*) from dualdb.verification_differences"));
        Assert.Equal(0L, await place.SupabaseAsync("select count(*) from dualdb.verification_runs where started_at < clock_timestamp() - interval '90 days'"));
    }

    [Fact]
    public async Task Maps_are_counted_by_themselves_and_what_is_put_aside_is_read_page_by_page()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies + "; alter table copies add check (stock >= 0)");
        await place.NeonAsync("insert into items (id, stock) select n, -n from generate_series(1, 25) n");
        var waiting = Assert.Single(await place.Sync.MapsAsync(Token));
        Assert.Equal(("items", 25L, 0L, SyncDirection.OneWay), (waiting.Map, waiting.Pending, waiting.Parked, waiting.Direction));
        await place.StartAsync();
        await place.SettleAsync();

        var parked = new List<ParkedChange>();
        while (await new ParkedChanges(place.Sync).KnownPageAsync("items", parked.Count == 0 ? null : (parked[^1].Source, parked[^1].Id), 10, Token) is ({ Count: > 0 } page, _))
        {
            parked.AddRange(page);
        }

        Assert.Equal(25, parked.Select(static change => change.Key).Distinct().Count());
        Assert.Equal((0L, 25L), (await place.Sync.MapsAsync(Token)) is [var map] ? (map.Pending, map.Parked) : default);
        await place.SupabaseAsync("alter table copies drop constraint copies_stock_check");
        Assert.True(await place.Sync.RetryParkedAsync(parked[4], Token));
        await Eventually.HoldsAsync(async () => await place.Sync.FindParkedAsync(Database.Neon, parked[4].Id, Token) is null, "one that is tried again");
        Assert.Equal(-5, await place.SupabaseAsync("select stock from copies where item_id = 5"));
        Assert.False(await place.Sync.RetryParkedAsync(parked[4], Token));
    }

    [Fact]
    public async Task Where_the_tables_are_missing_it_is_said_what_to_call()
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Maps.Of(SyncDirection.OneWay)], Maps.Items, Maps.Copies);
        await place.SupabaseAsync("drop table dualdb.verification_runs cascade");
        var missing = await Assert.ThrowsAsync<SchemaVersionException>(() => place.Sync.Verifications.ListAsync(cancellationToken: Token));
        Assert.Contains("verification schema is not installed in Supabase", missing.Message, StringComparison.Ordinal);
    }
}
