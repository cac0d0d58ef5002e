using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Running;

public sealed class LockTests(MigrationServers servers)
{
    private const string Orders = "neon/20260101T1200_orders";

    [Fact]
    public async Task Four_migrators_at_once_apply_each_migration_once_also_with_an_index_that_is_built_concurrently()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint); insert into orders select generate_series(1, 100000);");
        place.Write("supabase/20260101T1230_profiles", "create table profiles (id bigint);");
        place.Write("neon/20260101T1300_index", "create index concurrently orders_id on orders (id);");
        place.Write("supabase/20260101T1400_index", "create index concurrently profiles_id on profiles (id);");

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => place.Runner().MigrateAsync())));

        Assert.Equal(4, runs.Sum(run => run.Applied.Count));
        Assert.Equal(4, runs.Max(run => run.Applied.Count));
        Assert.Equal(100_000, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.True(await place.AskNeonAsync<bool>("select indisvalid from pg_index where indexrelid = 'orders_id'::regclass"));
    }

    [Theory]
    [InlineData("attempt written")]
    [InlineData("statement done, not recorded")]
    [InlineData("statement done, not committed")]
    public async Task Four_migrators_at_once_end_well_where_the_one_at_work_dies(string where)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint); insert into orders select generate_series(1, 1000);");
        place.Write("supabase/20260101T1230_profiles", "create table profiles (id bigint);");
        place.Write("neon/20260101T1300_index", "create index concurrently orders_id on orders (id); insert into orders values (0);");
        var deaths = 0;

        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(MigrateAsync)));

        Assert.Equal(1, runs.Count(run => run is null));
        Assert.Equal(1_001, await place.AskNeonAsync<long>("select count(*) from orders"));
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(indisvalid) and count(*) = 1 from pg_index where indrelid = 'orders'::regclass"));
        Assert.True(await place.AskNeonAsync<bool>("select owner is null from dualdb.migration_lock"));
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);

        async Task<MigrationRun?> MigrateAsync()
        {
            var isDead = false;
            try
            {
                return await place.Runner(options =>
                {
                    options.Lease = TimeSpan.FromMilliseconds(900);
                    options.Probe = point =>
                    {
                        if (isDead |= string.Equals(point, where, StringComparison.Ordinal) && Interlocked.Increment(ref deaths) == 1)
                        {
                            throw new CrashException(point);
                        }
                    };
                }).MigrateAsync();
            }
            catch (CrashException)
            {
                return null;
            }
        }
    }

    /// <summary>The trap of a blocking wait: it holds a snapshot, and an index that is built concurrently waits for all that have one.</summary>
    [Fact]
    public async Task Migrators_that_wait_do_not_hold_up_an_index_that_is_built_concurrently()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint);");
        await place.Runner().MigrateAsync();
        place.Write("neon/20260101T1300_index", "create index concurrently orders_id on orders (id);");
        var waiters = new List<Task<MigrationRun>>();
        var plan = await place.Runner().PlanAsync();

        // The others are waiting when the index is begun, and it ends before they go on.
        await place.Runner(options => options.Probe = point =>
        {
            if (string.Equals(point, "attempt written", StringComparison.Ordinal))
            {
                var asked = new CountdownEvent(3);
                waiters.AddRange(Enumerable.Range(0, 3).Select(_ => Task.Run(() => place.Runner(other => other.Probe = reached => Count(reached, asked)).RunAsync(plan))));
                Assert.True(asked.Wait(TimeSpan.FromSeconds(30)));
            }
        }).RunAsync(plan);

        Assert.All(await Task.WhenAll(waiters), run => Assert.Empty(run.Applied));
        Assert.True(await place.AskNeonAsync<bool>("select indisvalid from pg_index where indexrelid = 'orders_id'::regclass"));

        static void Count(string point, CountdownEvent asked)
        {
            if (string.Equals(point, "schema installed", StringComparison.Ordinal))
            {
                asked.Signal();
            }
        }
    }

    [Fact]
    public async Task Lease_of_a_migrator_that_is_gone_ends_by_itself()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint);");
        var probe = new CrashProbe(2);
        await Assert.ThrowsAnyAsync<Exception>(() => place.Runner(options =>
        {
            options.Lease = TimeSpan.FromMilliseconds(500);
            options.Probe = probe.Reach;
        }).MigrateAsync());

        Assert.True(await place.AskNeonAsync<bool>("select owner is not null from dualdb.migration_lock"));
        Assert.Single((await place.Runner().MigrateAsync()).Applied);
        Assert.True(await place.AskNeonAsync<bool>("select owner is null and token = 2 from dualdb.migration_lock"));
    }

    [Fact]
    public async Task Holder_is_named_when_the_wait_is_over()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint);");
        await place.Runner().MigrateAsync();
        await place.AskSupabaseAsync<object?>("update dualdb.migration_lock set owner = gen_random_uuid(), expires_at = clock_timestamp() + interval '1 hour', holder = 'ada on build-7, process 12'");
        place.Write("neon/20260101T1300_next", "create table next ();");

        var locked = await Assert.ThrowsAsync<MigrationLockedException>(() => place.Runner(options => options.LockWait = TimeSpan.Zero).MigrateAsync());

        Assert.Contains("in Supabase: ada on build-7, process 12, until", locked.Message, StringComparison.Ordinal);
        Assert.True(await place.AskNeonAsync<bool>("select owner is null from dualdb.migration_lock"));
    }

    [Theory]
    [InlineData("create table next (); ", "statement done, not committed")]
    [InlineData("create table next (); ", "step begins")]
    [InlineData("vacuum orders;", "statement done, not recorded")]
    public async Task Migrator_that_was_taken_for_dead_commits_nothing(string sql, string point)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint);");
        await place.Runner().MigrateAsync();
        place.Write("neon/20260101T1300_next", sql);

        await Assert.ThrowsAsync<MigrationLeaseLostException>(() => place.Runner(options => options.Probe = reached =>
        {
            if (string.Equals(reached, point, StringComparison.Ordinal))
            {
                using var other = new NpgsqlConnection(place.Neon);
                other.Open();
                using var takeover = new NpgsqlCommand("update dualdb.migration_lock set owner = gen_random_uuid(), token = token + 1", other);
                takeover.ExecuteNonQuery();
            }
        }).MigrateAsync());

        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('next') is not null"));
        Assert.False(await place.AskNeonAsync<bool>("select exists (select from dualdb.migrations where name = '20260101T1300_next' and done > 0)"));
    }

    [Fact]
    public async Task Lease_that_cannot_be_renewed_ends_the_run()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "select pg_sleep(600);");

        var running = place.Runner(options => options.Lease = TimeSpan.FromMilliseconds(300)).MigrateAsync();
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select exists (select from pg_stat_activity where query like 'select pg_sleep(600)%' and datname = current_database())"), "the statement runs");
        await place.AskSupabaseAsync<object?>("update dualdb.migration_lock set owner = gen_random_uuid()");

        await Assert.ThrowsAsync<MigrationLeaseLostException>(() => running);
    }

    [Fact]
    public async Task Statement_that_finds_its_table_locked_gives_up_its_own_locks_and_tries_again()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint); create table items (id bigint);");
        await place.Runner().MigrateAsync();
        place.Write("neon/20260101T1300_alter", "alter table items add a int; alter table orders add a int;");
        await using var other = new NpgsqlConnection(place.Neon);
        await other.OpenAsync();
        await using var open = await other.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("select * from orders", other, open))
        {
            await command.ExecuteNonQueryAsync();
        }

        var attempts = 0;
        var running = place.Runner(options =>
        {
            options.LockTimeout = TimeSpan.FromMilliseconds(20);
            options.LockAttempts = 100_000;
            options.Probe = point => attempts += string.Equals(point, "statement done, not committed", StringComparison.Ordinal) ? 1 : 0;
        }).MigrateAsync();
        await Eventually.HoldsAsync(() => attempts > 3, "the transaction was tried several times");
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from items"));
        await open.RollbackAsync();

        Assert.Single((await running).Applied);
    }

    [Fact]
    public async Task Lock_that_is_held_through_all_attempts_is_told()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "create table orders (id bigint);");
        await place.Runner().MigrateAsync();
        place.Write("neon/20260101T1300_alter", "alter table orders add a int;");
        await using var other = new NpgsqlConnection(place.Neon);
        await other.OpenAsync();
        await using var open = await other.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select * from orders", other, open);
        await command.ExecuteNonQueryAsync();

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options =>
        {
            options.LockTimeout = TimeSpan.FromMilliseconds(20);
            options.LockAttempts = 3;
        }).MigrateAsync());

        Assert.Equal("55P03", failed.SqlState);
        Assert.Contains("LockAttempts", failed.Message, StringComparison.Ordinal);
    }
}
