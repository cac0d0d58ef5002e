using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>The way down: the last first over both databases, and finished where it broke off.</summary>
public sealed class DownTests(MigrationServers servers)
{
    private const string Profiles = "supabase/20260101T1100_profiles";
    private const string Orders = "neon/20260101T1200_orders";
    private const string Names = "supabase/20260101T1300_names";

    [Fact]
    public async Task Last_migrations_are_undone_over_both_databases_and_can_be_applied_again()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();

        var undone = await place.Runner().DownAsync(await place.Runner().PlanDownAsync(2));

        Assert.Equal([Names, Orders], undone.Undone.Select(id => id.ToString()));
        Assert.Equal("Names,Orders", await place.AskSupabaseAsync<string>("select string_agg(what, ',' order by id) from log") + await place.AskNeonAsync<string>("select ',Orders' where to_regclass('orders') is null"));
        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('profiles') is not null and to_regclass('names') is null"));
        Assert.Equal([Orders, Names], (await place.Runner().PlanAsync()).Migrations.Select(migration => migration.Id.ToString()));
        Assert.Equal(2, (await place.Runner().MigrateAsync()).Applied.Count);
    }

    [Fact]
    public async Task All_behind_a_migration_is_undone()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();

        var plan = await place.Runner().PlanDownAsync(MigrationId.Parse(Profiles));

        Assert.Equal([Names, Orders], plan.Migrations.Select(id => id.ToString()));
        await Assert.ThrowsAsync<ArgumentException>(() => place.Runner().PlanDownAsync(MigrationId.Parse("neon/20250101T1200_other")));
    }

    [Fact]
    public async Task Way_down_that_crashed_anywhere_is_finished_by_the_next_and_nothing_is_applied_meanwhile()
    {
        await using var place = await PlaceAsync();
        var crash = 0;
        for (string? point = ""; point is not null; crash++)
        {
            await place.EmptyAsync();
            await place.Runner().MigrateAsync();
            var probe = new CrashProbe(crash);
            var runner = place.Runner(options => options.Probe = probe.Reach);
            point = null;
            try
            {
                await runner.DownAsync(await runner.PlanDownAsync(2));
            }
            catch (CrashException crashed)
            {
                point = crashed.Message;
            }

            if (point is not null)
            {
                await place.EndLeasesAsync();
                if ((await place.Runner().PlanAsync()).IsUndoing)
                {
                    await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().MigrateAsync());
                    await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));
                }
                else
                {
                    await FinishAsync(place);
                }
            }

            Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from log"));
            Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is null"), $"crash {crash} at {point}");
            Assert.False((await place.Runner().PlanAsync()).IsUndoing);
        }

        Assert.InRange(crash, 10, 100);
    }

    [Fact]
    public async Task Migration_without_a_way_down_refuses_the_whole()
    {
        await using var place = await PlaceAsync();
        place.Write(Orders, "create table orders (id bigint);");
        await place.Runner().MigrateAsync();

        var refused = await Assert.ThrowsAsync<DualDbConfigurationException>(async () => await place.Runner().DownAsync(await place.Runner().PlanDownAsync(2)));

        Assert.Contains(Orders, refused.Message, StringComparison.Ordinal);
        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('names') is not null"));
    }

    [Fact]
    public async Task Plan_that_something_came_behind_is_refused()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        var plan = await place.Runner().PlanDownAsync(1);
        place.Write("neon/20260101T1400_later", "create table later ();\n-- down:\ndrop table later;");
        await place.Runner().MigrateAsync();

        var refused = await Assert.ThrowsAsync<MigrationHistoryException>(() => place.Runner().DownAsync(plan));

        Assert.Equal(MigrationDisagreement.OtherPlan, refused.Disagreement);
        Assert.Contains("20260101T1400_later", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Status_tells_how_each_stands_and_what_was_changed_or_is_missing()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_broken", "create table broken (); vacuum broken; select nothing;");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner().MigrateAsync());
        place.Write(Orders, "create table orders (id bigint, total int);\n-- down:\ndrop table orders;");
        place.Delete(Names);

        var status = await place.Runner().StatusAsync();

        Assert.Equal(1, status.Pending);
        Assert.NotNull(status.UnfinishedRun?.Error);
        var byId = status.Migrations.ToDictionary(migration => migration.Id.ToString());
        Assert.True(byId[Orders] is { State: MigrationStandingState.Applied, IsChanged: true, IsAtHand: true });
        Assert.True(byId[Names] is { State: MigrationStandingState.Applied, IsAtHand: false });
        Assert.True(byId["neon/20260101T1400_broken"] is { State: MigrationStandingState.Applying, Done: 2, Statements: 3, Error.Length: > 0 });
        Assert.True(byId[Profiles] is { IsChanged: false, FinishedAt: not null, Actor.Length: > 0 });
    }

    [Fact]
    public async Task Statement_of_a_way_down_that_the_server_refused_is_in_no_doubt_and_is_told()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Orders, "-- transaction: none\ncreate procedure p() language plpgsql as $$ begin raise exception 'not yet'; end $$;\n-- down:\ncall p(); drop procedure p;");
        await place.Runner().MigrateAsync();
        await Assert.ThrowsAsync<MigrationFailedException>(async () => await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1)));
        Assert.Contains("not yet", (await place.Runner().StatusAsync()).Migrations.Single().Error, StringComparison.Ordinal);
        await place.AskNeonAsync<object?>("create or replace procedure p() language plpgsql as $$ begin end $$");

        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));

        Assert.Equal("reverted", await place.AskNeonAsync<string>("select state from dualdb.migrations"));
    }

    [Theory]
    [InlineData(true, "call p(); drop table next;", 1)]
    [InlineData(false, "call p(); drop table next;", 2)]
    [InlineData(true, "drop table next; call p();", 1)]
    [InlineData(false, "drop table next; call p();", 2)]
    public async Task Statement_of_a_way_down_that_nobody_can_tell_of_is_asked_for(bool wasDone, string down, long calls)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Profiles, "create table ledger (n int); create procedure p() language plpgsql as $$ begin insert into ledger values (1); commit; end $$;");
        place.Write("supabase/20260101T1150_next", $"-- transaction: none\ncreate table next ();\n-- down:\n{down}");
        await place.Runner().MigrateAsync();
        var isCut = false;
        await Assert.ThrowsAnyAsync<CrashException>(async () => await place.Runner(options => options.Probe = point =>
        {
            if (isCut |= string.Equals(point, "statement done, not recorded", StringComparison.Ordinal) && place.AskSupabaseAsync<long>("select count(*) from ledger").GetAwaiter().GetResult() > 0)
            {
                throw new CrashException(point);
            }
        }).DownAsync(await place.Runner().PlanDownAsync(1)));
        await place.EndLeasesAsync();

        var doubt = await Assert.ThrowsAsync<MigrationInDoubtException>(async () => await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1)));

        Assert.Contains("of the way down of supabase/20260101T1150_next", doubt.Message, StringComparison.Ordinal);
        await place.Runner().ResolveAsync(doubt.Id, wasDone);
        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1));
        Assert.Equal(calls, await place.AskSupabaseAsync<long>("select count(*) from ledger"));
        Assert.Equal("reverted 0 0", await place.AskSupabaseAsync<string>("select concat_ws(' ', state, done, undone) from dualdb.migrations where name like '%next'"));
        Assert.False((await place.Runner().PlanAsync()).IsUndoing);
        Assert.Single((await place.Runner().MigrateAsync()).Applied);
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => place.Runner().ResolveAsync(doubt.Id, wasDone));
    }

    private static async Task FinishAsync(MigrationPlace place) => await place.Runner().DownAsync(await place.Runner().PlanDownAsync(MigrationId.Parse(Profiles)));

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        place.Write(Profiles, "create table profiles (id bigint); create table log (id bigint generated always as identity, what text);\n-- down:\ndrop table profiles; drop table log;");
        place.Write(Orders, $"-- requires: {Profiles}\ncreate table orders (id bigint); create index concurrently orders_id on orders (id);\n-- down:\ndrop index concurrently orders_id; drop table orders;");
        place.Write(Names, $"-- requires: {Profiles}, {Orders}\ncreate table names (id bigint);\n-- down:\ninsert into log (what) values ('Names'); drop table names;");
        return place;
    }
}
