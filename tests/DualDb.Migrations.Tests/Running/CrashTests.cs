using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>A run is crashed at each of its points, index by index, and a second one goes on: each step has its effect exactly once.</summary>
public sealed class CrashTests(MigrationServers servers)
{
    [Fact]
    public async Task Run_that_crashed_anywhere_is_finished_by_the_next()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        WritePlan(place);
        var crash = Every.First;
        for (string? point = ""; point is not null; crash += Every.Step)
        {
            await place.EmptyAsync();
            var probe = new CrashProbe(crash);
            point = await RunAsync(place, probe, MigrationFailurePolicy.Stop);
            if (point is not null)
            {
                await place.EndLeasesAsync();
                Assert.Null(await RunAsync(place, new CrashProbe(int.MaxValue), MigrationFailurePolicy.Stop));
            }

            await AssertAppliedOnceAsync(place, $"crash {crash} at '{point}'");
        }

        Assert.True(crash > 40, $"There are only some {crash} points.");
    }

    [Fact]
    public async Task Compensation_that_crashed_anywhere_is_finished_by_the_next_run()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        WritePlan(place);
        place.Write("supabase/20260101T2000_fails", "select nothing;\n-- down: none");
        var crash = Every.First;
        for (string? point = ""; point is not null; crash += Every.Step)
        {
            await place.EmptyAsync();
            point = await RunAsync(place, new CrashProbe(crash), MigrationFailurePolicy.Compensate);
            if (point is not null)
            {
                await place.EndLeasesAsync();
                Assert.Null(await RunAsync(place, new CrashProbe(int.MaxValue), MigrationFailurePolicy.Compensate));
            }

            await AssertUndoneAsync(place, $"crash {crash} at '{point}'");
        }

        Assert.True(crash > 60, $"There are only some {crash} points.");
    }

    private static void WritePlan(MigrationPlace place)
    {
        place.Write("neon/20260101T1000_ledger", "create table orders (id bigint primary key, buyer bigint, buyer_name text);\ncreate table ledger (step text);\ninsert into ledger values ('n1');\n-- down:\ndrop table ledger; drop table orders;");
        place.Write("supabase/20260101T1100_ledger", "-- requires: neon/20260101T1000_ledger\ncreate table profiles (id bigint primary key, name text not null); create table ledger (step text); insert into ledger values ('s1');\n-- down:\ndrop table ledger; drop table profiles;");
        place.Write("neon/20260101T1200_rows", "-- requires: supabase/20260101T1100_ledger\n-- transaction: none\ninsert into ledger values ('n2a');\ninsert into ledger values ('n2b');\ninsert into orders select i, i % 3 from generate_series(1, 30) i;\n-- down:\ndelete from orders;\ndelete from ledger where step like 'n2_';");
        place.Write("neon/20260101T1300_index", "insert into ledger values ('n3a'); create index concurrently orders_buyer on orders (buyer); insert into ledger values ('n3b'); drop index concurrently if exists gone; vacuum orders;\n-- down:\ndrop index concurrently if exists orders_buyer;\ndelete from ledger where step like 'n3_';");
        place.Write("supabase/20260101T1400_people", "insert into profiles values (0, 'Ada'), (1, 'Ben'), (2, 'Cleo'); insert into ledger values ('s2');\n-- down:\ndelete from profiles; delete from ledger where step = 's2';");
        place.Write("neon/20260101T1600_end", "-- requires: neon/20260101T1500_names\ninsert into ledger values ('n5');\n-- down:\ndelete from ledger where step = 'n5';");
    }

    private static async Task<string?> RunAsync(MigrationPlace place, CrashProbe probe, MigrationFailurePolicy policy)
    {
        try
        {
            await place.Runner(
                options =>
                {
                    options.Probe = probe.Reach;
                    options.OnFailure = policy;
                },
                new FillNames()).MigrateAsync(TestContext.Current.CancellationToken);
        }
        catch (MigrationFailedException) when (policy == MigrationFailurePolicy.Compensate && probe.CrashedAt is null)
        {
            return null;
        }
        catch (Exception) when (probe.CrashedAt is not null)
        {
            // Also one that was wrapped on its way.
        }

        return probe.CrashedAt;
    }

    private static async Task AssertAppliedOnceAsync(MigrationPlace place, string when)
    {
        Assert.True(await place.AskNeonAsync<string>("select string_agg(step, ' ' order by step) from ledger") == "n1 n2a n2b n3a n3b n4 n4 n4 n5", when);
        Assert.True(await place.AskSupabaseAsync<string>("select string_agg(step, ' ' order by step) from ledger") == "s1 s2", when);
        Assert.True(await place.AskNeonAsync<string>("select string_agg(buyer_name, ' ' order by id) from orders where id < 4") == "Ben Cleo Ada", when);
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(indisvalid) and count(*) = 2 from pg_index where indrelid = 'orders'::regclass"), when);
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(state = 'applied' and attempt is null and error is null) and count(*) = 5 from dualdb.migrations"), when);
        Assert.True(await place.AskSupabaseAsync<bool>("select bool_and(state = 'applied') and count(*) = 2 from dualdb.migrations"), when);
        Assert.True(await place.AskNeonAsync<bool>("select count(distinct m.run_id) = 1 and bool_and(r.state = 'succeeded') and count(distinct r.run_id) = 1 from dualdb.migrations m, dualdb.migration_runs r"), when);
        Assert.True((await place.Runner(null, new FillNames()).PlanAsync()).IsEmpty, when);
    }

    private static async Task AssertUndoneAsync(MigrationPlace place, string when)
    {
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            Assert.True(await place.AskAsync<bool>(database, "select count(*) = 0 from pg_class where relnamespace = 'public'::regnamespace"), when);
            Assert.True(await place.AskAsync<bool>(database, "select coalesce(bool_and(state = 'reverted' or done = 0), true) from dualdb.migrations"), when);
        }

        Assert.True(await place.AskNeonAsync<bool>("select bool_and(state = 'compensated') and count(*) > 0 from dualdb.migration_runs"), when);
    }

    /// <summary>Copies names from Supabase to Neon, ten orders at a time.</summary>
    private sealed class FillNames : IDataMigration
    {
        public string Id => "neon/20260101T1500_names";

        public IReadOnlyList<string> Requires => ["neon/20260101T1300_index", "supabase/20260101T1400_people"];

        public bool CanBeLeft => true;

        public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
        {
            var root = (TestDb)batch.Root;
            var from = long.Parse(batch.Cursor ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            var names = (await root.Profiles.Where(profile => profile.Id >= 0).ToListAsync(cancellationToken)).ToDictionary(profile => profile.Id, profile => profile.Name);
            var orders = await root.Orders.Where(order => order.Id > from).OrderBy(order => order.Id).Take(10).ToListAsync(cancellationToken);
            foreach (var order in orders)
            {
                await root.Orders.UpdateAsync(order with { BuyerName = names[order.Buyer] }, batch.Neon, cancellationToken);
            }

            await batch.Neon.ExecuteAsync($"insert into ledger values ('n4')", cancellationToken);
            return orders[^1].Id == 30 ? null : orders[^1].Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
