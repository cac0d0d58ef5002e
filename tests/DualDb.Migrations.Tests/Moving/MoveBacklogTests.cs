using DualDb.Migrations.Tests.Places;
using DualDb.Migrations.Tests.Running;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>What was changed between the phases of a move may be more than one transaction should hold.</summary>
public sealed class MoveBacklogTests(MigrationServers servers)
{
    /// <summary>All rows exchange their unique values, so that none may come before the one that has its value is gone.</summary>
    private const string Exchange = "begin; update shop.wishes set slot = slot + 1000; update shop.wishes set slot = 1051 - slot; delete from shop.wishes where id = 4; update shop.wishes set id = 99 where id = 2; commit; select null";

    private const string Count = """
        create table counted (id xid8 not null default pg_current_xact_id(), what text not null, rows bigint not null);
        create function count_rows() returns trigger language plpgsql as $$ begin insert into public.counted (what, rows) select tg_op, count(*) from changed; return null; end $$;
        create trigger inserted after insert on shop.wishes referencing new table as changed for each statement execute function count_rows();
        create trigger deleted after delete on shop.wishes referencing old table as changed for each statement execute function count_rows();
        select null
        """;

    [Fact]
    public async Task Changes_are_brought_as_many_at_a_time_as_the_file_says()
    {
        await using var place = await StartAsync(batch: 20);
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>(Exchange);
        await place.AskSupabaseAsync<object?>(Count);

        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.Equal((50L, 49L), (await RowsOfAsync(place, "DELETE"), await RowsOfAsync(place, "INSERT")));
        Assert.Equal(7, await place.AskSupabaseAsync<long>("select max(rows)::bigint from (select sum(rows) as rows from counted group by id, what) transactions"));
    }

    /// <summary>With rows that come still, and with some that were copied.</summary>
    [Theory]
    [InlineData("part of the changed rows deleted", MigrationPhase.Switch)]
    [InlineData("part of the changed rows brought", MigrationPhase.Switch)]
    [InlineData("part of the changed rows deleted", MigrationPhase.Backfill)]
    [InlineData("part of the changed rows brought", MigrationPhase.Backfill)]
    public async Task Run_that_crashed_between_them_goes_on(string point, MigrationPhase phase)
    {
        await using var place = await StartAsync(batch: 7);
        await (phase == MigrationPhase.Switch ? place.MigrateAsync(MigrationPhase.Backfill) : StopAsync(place, "rows brought", 5));
        await place.AskNeonAsync<object?>(Exchange);

        await StopAsync(place, point, 3);
        await place.AskNeonAsync<object?>("begin; update shop.wishes set slot = slot + 1000; update shop.wishes set slot = 1052 - slot; update shop.wishes set text = 'late' where id = 17; commit; select null");
        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.Equal(49, await place.AskSupabaseAsync<long>("select count(*) from shop.wishes"));
    }

    /// <summary>Each row is removed once and comes once, however often a run is killed between.</summary>
    [Theory]
    [InlineData("part of the changed rows deleted", MigrationPhase.Switch, 50, 49)]
    [InlineData("changed rows deleted", MigrationPhase.Switch, 50, 49)]
    [InlineData("part of the changed rows brought", MigrationPhase.Switch, 50, 49)]
    [InlineData("changed rows deleted", MigrationPhase.Backfill, 35, 49)]
    [InlineData("part of the changed rows brought", MigrationPhase.Backfill, 35, 49)]
    public async Task Run_that_crashed_between_them_does_nothing_twice(string point, MigrationPhase phase, long deleted, long inserted)
    {
        await using var place = await StartAsync(batch: 7);
        await (phase == MigrationPhase.Switch ? place.MigrateAsync(MigrationPhase.Backfill) : StopAsync(place, "rows brought", 5));
        await place.AskNeonAsync<object?>(Exchange);
        await place.AskSupabaseAsync<object?>(Count);

        await StopAsync(place, point, point.StartsWith("part", StringComparison.Ordinal) ? 3 : 1);
        await StopAsync(place, point, 1);
        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.Equal((deleted, inserted), (await RowsOfAsync(place, "DELETE"), await RowsOfAsync(place, "INSERT")));
    }

    /// <summary>What was changed behind the crash is removed once more, where it had come, and takes the values of others.</summary>
    [Fact]
    public async Task Run_that_goes_on_brings_what_was_changed_since()
    {
        await using var place = await StartAsync(batch: 7);
        await place.MigrateAsync(MigrationPhase.Backfill);
        await place.AskNeonAsync<object?>(Exchange);
        await place.AskSupabaseAsync<object?>(Count);

        await StopAsync(place, "part of the changed rows brought", 3);
        var come = await place.AskSupabaseAsync<long[]>("select array_agg(id order by id) from shop.wishes");
        Assert.InRange(come.Length, 14, 21);
        await ExchangeSlotsAsync(place, come[0], come[1]);
        await StopAsync(place, "part of the changed rows deleted", 1);
        await ExchangeSlotsAsync(place, come[1], come[2]);
        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.Equal((53L, 52L), (await RowsOfAsync(place, "DELETE"), await RowsOfAsync(place, "INSERT")));
    }

    [Theory]
    [InlineData("", "(-5), (-3)", 1)]
    [InlineData("", "(-5), (7)", 8)]
    [InlineData("", "(-5), (default), (default)", 3)]
    [InlineData("(minvalue 100 start with 100)", "(5)", 100)]
    [InlineData("(maxvalue 100)", "(7), (500)", 8)]
    [InlineData("(increment by -1 minvalue -1000 maxvalue -1 start with -1)", "(default), (default)", -3)]
    [InlineData("(increment by -1 minvalue -1000 maxvalue -1 start with -1)", "(-7), (5)", -8)]
    public async Task Numbers_go_on_where_the_sequence_knows_them(string sequence, string rows, long next)
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        var create = $"create table numbers (id bigint primary key generated by default as identity {sequence});";
        await place.AskNeonAsync<object?>($"{create} insert into numbers values {rows}; select null");
        place.Write("supabase/20260301T1000_numbers", create)
            .Write("supabase/20260301T1001_copy", "-- phase: backfill\n-- move: public.numbers")
            .Write("supabase/20260301T1002_switch", "-- phase: switch\n-- move: public.numbers");

        await place.MigrateAsync(MigrationPhase.Switch);

        Assert.Equal(next, await place.AskSupabaseAsync<long>("insert into numbers default values returning id"));
    }

    /// <summary>Fifty rows, and a switch that brings seven at a time.</summary>
    private async Task<MigrationPlace> StartAsync(int batch)
    {
        var place = await WishPlace.CreateAsync(servers, rows: 50, batch);
        place.Write(WishPlace.Switch, "-- phase: switch\n-- batch: 7\n-- move: shop.wishes\n-- down: none");
        return place;
    }

    private static Task<long> RowsOfAsync(MigrationPlace place, string what) => place.AskSupabaseAsync<long>($"select sum(rows)::bigint from counted where what = '{what}'");

    private static Task ExchangeSlotsAsync(MigrationPlace place, long one, long other) => place.AskNeonAsync<object?>($"""
        do $$ declare a int; b int; begin
            select slot into a from shop.wishes where id = {one}; select slot into b from shop.wishes where id = {other};
            update shop.wishes set slot = -1 where id = {one}; update shop.wishes set slot = a where id = {other}; update shop.wishes set slot = b where id = {one};
        end $$; select null
        """);

    // Crashes where a point is reached for the so-manieth time.
    private static async Task StopAsync(MigrationPlace place, string point, int time)
    {
        var (reached, isCrashed) = (0, false);
        await Assert.ThrowsAnyAsync<Exception>(() => place.MigrateAsync(MigrationPhase.Switch, options => options.Probe = at =>
        {
            isCrashed |= at == point && ++reached == time;
            if (isCrashed)
            {
                throw new CrashException(at);
            }
        }));
        Assert.True(isCrashed, $"'{point}' was reached {reached} times.");
        await place.EndLeasesAsync();
    }
}
