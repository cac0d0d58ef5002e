using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>A run that is interrupted in the moment of a switch leaves a table that nobody can write: all that one looks at says so, and says what ends it.</summary>
public sealed class StoppedWritesTests(MigrationServers servers)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Interruption_in_the_moment_of_the_switch_is_told_and_resume_ends_it(bool isCancelled)
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await InterruptAsync(place, isCancelled);

        var gone = await place.WriteRowAsync(Database.Neon, "delete from shop.wishes");
        Assert.Contains("Writes are stopped here since 20", gone!.Hint, StringComparison.Ordinal);
        Assert.Contains("where Supabase refuses them as well for longer than a moment, the switch broke off: dualdb migrations resume ends it", gone.Hint, StringComparison.Ordinal);
        var early = await place.WriteRowAsync(Database.Supabase, "delete from shop.wishes");
        Assert.Contains("Where Neon refuses writes as well for longer than a moment, the switch, or its way back, broke off: dualdb migrations resume ends it", early!.Hint, StringComparison.Ordinal);

        var stopped = Assert.Single((await place.Runner().StatusAsync(TestContext.Current.CancellationToken)).StoppedWrites);
        Assert.Equal((Database.Neon, "shop.wishes", Database.Supabase, "shop.wishes", false), (stopped.Database, stopped.Table, stopped.Target, stopped.TargetTable, stopped.IsWayBack));
        Assert.InRange(stopped.Since, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Contains("writes of shop.wishes are stopped in Neon since 20", stopped.ToString(), StringComparison.Ordinal);
        Assert.Contains("dualdb migrations resume ends it, and dualdb migrations down gives it up", stopped.ToString(), StringComparison.Ordinal);
        var doctor = await place.Db.DoctorAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal((DriftSeverity.Error, Database.Neon, "shop.wishes", stopped.ToString()), doctor.Differences.Where(static one => one.Kind == DriftKind.StoppedWrites).Select(static one => (one.Severity, one.Database, one.Subject, one.Message)).Single());

        place.Write(WishPlace.Copy, "-- phase: backfill\n-- move: shop.wishes\nselect 'another text';");
        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.MigrateAsync(MigrationPhase.Switch));
        Assert.Contains($"Mind that {stopped}.", refused.Message, StringComparison.Ordinal);
        WishPlace.Write(place, batch: 20);

        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'here'"));
        Assert.Empty((await place.Runner().StatusAsync(TestContext.Current.CancellationToken)).StoppedWrites);
        Assert.DoesNotContain((await place.Db.DoctorAsync(cancellationToken: TestContext.Current.CancellationToken)).Differences, static one => one.Kind == DriftKind.StoppedWrites);
    }

    [Fact]
    public async Task It_is_told_to_who_has_no_lock_and_can_be_given_up()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await InterruptAsync(place, isCancelled: false, endsLeases: false);

        var locked = await Assert.ThrowsAsync<MigrationLockedException>(() => place.MigrateAsync(MigrationPhase.Switch, static options => options.LockWait = TimeSpan.Zero));
        Assert.Contains("writes of shop.wishes are stopped in Neon", locked.Message, StringComparison.Ordinal);

        await place.EndLeasesAsync();
        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'old'"));
        Assert.Empty((await place.Runner().StatusAsync(TestContext.Current.CancellationToken)).StoppedWrites);
    }

    [Fact]
    public async Task Way_back_that_broke_off_is_told_as_one()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 5, batch: 20);
        await place.MigrateAsync(MigrationPhase.Switch);
        var plan = await place.Runner().PlanDownAsync(1, TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<Exception>(() => place.Runner(options => options.Probe = new Interruption("new writes stopped").Reach).DownAsync(plan, TestContext.Current.CancellationToken));
        await place.EndLeasesAsync();

        var stopped = Assert.Single((await place.Runner().StatusAsync(TestContext.Current.CancellationToken)).StoppedWrites);
        Assert.True(stopped.IsWayBack);
        Assert.EndsWith("dualdb migrations resume ends it", stopped.ToString(), StringComparison.Ordinal);

        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update shop.wishes set text = 'old'"));
    }

    private static async Task InterruptAsync(MigrationPlace place, bool isCancelled, bool endsLeases = true)
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var crash = new Interruption("writes stopped");
        var runner = place.Runner(options => (options.Through, options.Probe) = (MigrationPhase.Switch, isCancelled ? point => Cancel(point, cancelling) : crash.Reach));
        await Assert.ThrowsAnyAsync<Exception>(() => runner.MigrateAsync(cancelling.Token));
        if (endsLeases)
        {
            await place.EndLeasesAsync();
        }
    }

    private static void Cancel(string point, CancellationTokenSource cancelling)
    {
        if (point == "writes stopped")
        {
            cancelling.Cancel();
        }
    }

    /// <summary>From a point on, nothing goes on.</summary>
    private sealed class Interruption(string at)
    {
        private bool _isReached;

        public void Reach(string point)
        {
            _isReached |= point == at;
            if (_isReached)
            {
                throw new Running.CrashException(point);
            }
        }
    }
}
