using System.Diagnostics.Metrics;
using DualDb.Consistency.Monitoring;
using DualDb.Consistency.Monitoring.Alerts;
using DualDb.Consistency.Monitoring.Alerts.Sources;
using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Running;
using DualDb.Monitoring.Tests.Places;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace DualDb.Monitoring.Tests.Alerts;

/// <summary>What sources tell of, by a clock of the tests.</summary>
public sealed class SignalTests(MonitoringServers servers)
{
    [Fact]
    public void Takeovers_are_told_by_their_number_within_five_minutes()
    {
        var clock = new FakeTimeProvider();
        var taken = 40L;
        var source = new TakeoverSignals(() => taken, new AlertOptions(), clock);

        Assert.Empty(source.Signals());
        Pass(TimeSpan.FromMinutes(1), 10);
        Assert.Empty(source.Signals());
        Pass(TimeSpan.FromMinutes(1), 1);
        var signal = Assert.Single(source.Signals());
        Assert.Equal(AlertRules.SagasTakenOver, signal.Rule);
        Assert.StartsWith("11 sagas", signal.Words, StringComparison.Ordinal);

        // By then the first ten are too long ago.
        Pass(TimeSpan.FromMinutes(4) + TimeSpan.FromSeconds(1), 0);
        Assert.Empty(source.Signals());

        void Pass(TimeSpan time, int more)
        {
            clock.Advance(time);
            taken += more;
        }
    }

    [Theory]
    [InlineData(26, false)]
    [InlineData(26.1, true)]
    public void A_log_has_outgrown_its_retention_two_hours_after_that(double hours, bool isTold)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var state = new FlowState(Database.Neon, 0, clock) { OldestKept = TimeSpan.FromHours(hours) };
        var evaluation = new AlertEvaluation("shop", new AlertOptions());
        var told = new List<Alert>();
        for (var second = 0; second < 302; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            evaluation.Look(clock.GetUtcNow(), SyncCondition.Of(state, new SyncOptions(), clock).Select(static one => new AlertSignal(SyncSignals.RuleOf(one.Kind), "neon", one.Words)), static _ => false);
            told.AddRange(evaluation.Told);
        }

        Assert.Equal(isTold ? [AlertRules.LogOutgrown] : [], told.Select(static alert => alert.Rule));
        Assert.All(told, static alert => Assert.Equal(TimeSpan.FromMinutes(5), alert.At - alert.Since));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(2, 0, "neon")]
    [InlineData(0, 1, "supabase")]
    public void A_run_that_broke_off_between_the_databases_is_told_and_what_merely_waits_is_not(long neon, long supabase, string? waiting)
    {
        using var meter = new Meter("DualDb.Migrations");
        meter.CreateObservableGauge("migration.half_applied", () => new[]
        {
            new Measurement<long>(neon, new KeyValuePair<string, object?>("database", "neon")), new Measurement<long>(supabase, new KeyValuePair<string, object?>("database", "supabase")),
        });

        // A contract that is left for later: pending in one database alone, and no run has broken off.
        meter.CreateObservableGauge("migration.pending", static () => new[]
        {
            new Measurement<long>(0, new KeyValuePair<string, object?>("database", "neon")), new Measurement<long>(1, new KeyValuePair<string, object?>("database", "supabase")),
        });
        using var source = new MigrationSignals();

        Assert.Equal(waiting is null ? [] : [(AlertRules.MigrationHalfApplied, waiting)], source.Signals().Select(static signal => (signal.Rule, signal.Subject)));
    }

    [Theory]
    [InlineData(0.8, false)]
    [InlineData(0.81, true)]
    public void Connections_are_scarce_above_four_in_five(double used, bool isTold)
    {
        var signals = new ConnectionSignals(database => database == Database.Neon ? used : null, new AlertOptions()).Signals().ToList();

        Assert.Equal(isTold ? [(AlertRules.ConnectionsScarce, "neon")] : [], signals.Select(static signal => (signal.Rule, signal.Subject)));
    }

    [Fact]
    public async Task The_budget_is_what_pools_may_hold_and_what_is_in_use_of_it()
    {
        var address = await servers.Servers.Supabase.CreateDatabaseAsync($"budget_{Environment.ProcessId}");
        using var budget = new ConnectionBudget();
        var before = budget.Pools(Database.Supabase);
        await using var root = MonitoredDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (address, address + ";Maximum Pool Size=4"));

        await using var first = await root.BeginSupabaseAsync(TestContext.Current.CancellationToken);
        await using var second = await root.BeginSupabaseAsync(TestContext.Current.CancellationToken);

        // Pools of other tests in this process are counted as well.
        await Eventually.HoldsAsync(() => budget.Pools(Database.Supabase).Most >= before.Most + 4 || budget.Pools(Database.Supabase).Most >= 4, "the pool is counted");
        Assert.True(budget.Pools(Database.Supabase).Used >= 2);
        Assert.InRange(budget.UsedOf(Database.Supabase)!.Value, 0.0001, 1);
    }

    [Fact]
    public async Task What_listens_to_meters_ends_with_the_container()
    {
        var address = await servers.Servers.Supabase.CreateDatabaseAsync($"listening_{Environment.ProcessId}");
        using var meter = new Meter("DualDb.Migrations");
        meter.CreateObservableGauge("migration.half_applied", static () => new Measurement<long>(1, new KeyValuePair<string, object?>("database", "neon")));
        await using var root = MonitoredDb.Create(options => (options.Neon.ConnectionString, options.Supabase.ConnectionString) = (address, address));
        await using var open = await root.BeginSupabaseAsync(TestContext.Current.CancellationToken);
        var provider = new ServiceCollection().AddSingleton(root).AddDualDbMonitoring<MonitoredDb>().BuildServiceProvider();
        var monitored = provider.GetRequiredService<RootMonitoring<MonitoredDb>>();
        Assert.NotEmpty(monitored.Migrations.Signals());
        await Eventually.HoldsAsync(() => monitored.Monitoring.Budget.Pools(Database.Supabase).Most > 0, "the pool is counted");

        await provider.DisposeAsync();

        Assert.Empty(monitored.Migrations.Signals());
        Assert.Equal((0, 0), monitored.Monitoring.Budget.Pools(Database.Supabase));
    }
}
