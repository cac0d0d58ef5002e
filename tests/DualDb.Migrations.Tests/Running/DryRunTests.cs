using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

public sealed class DryRunTests(MigrationServers servers)
{
    [Fact]
    public async Task Dry_run_tries_both_databases_and_leaves_neither_changed()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint); create index concurrently i on orders (id); alter table orders add n int;");
        place.Write("supabase/20260101T1100_people", "create table people (id bigint);");
        place.Write("neon/20260101T1200_mood", "-- transaction: none\ncreate type mood as enum ('a');\nalter type mood add value 'b';\nselect 'b'::mood;");

        var tried = await place.Runner(null, new Nothing()).DryRunAsync(await place.Runner(null, new Nothing()).PlanAsync());

        Assert.Equal(["neon/20260101T1000_orders", "supabase/20260101T1100_people", "neon/20260101T1200_mood"], tried.Tried.Select(id => id.ToString()));
        Assert.Equal([("neon/20260101T1000_orders", (int?)2), ("neon/20260101T1200_mood", 3), ("supabase/20260101T1300_nothing", null)], tried.NotRun.Select(skipped => (skipped.Id.ToString(), skipped.Statement)));
        foreach (var database in (Database[])[Database.Neon, Database.Supabase])
        {
            Assert.True(await place.AskAsync<bool>(database, "select to_regnamespace('dualdb') is null and to_regclass('orders') is null and to_regclass('people') is null"));
        }
    }

    [Fact]
    public async Task Dry_run_finds_the_statement_that_fails()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write("neon/20260101T1000_orders", "create table orders (id bigint);");
        place.Write("supabase/20260101T1100_people", "create table people (id bigint);\ninsert into people values ('x'::text);");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(async () => await place.Runner().DryRunAsync(await place.Runner().PlanAsync()));

        Assert.Equal(("supabase/20260101T1100_people", 2), (failed.Id.ToString(), failed.Line));
        Assert.False(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
    }

    private sealed class Nothing : IDataMigration
    {
        public string Id => "supabase/20260101T1300_nothing";

        public Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
    }
}
