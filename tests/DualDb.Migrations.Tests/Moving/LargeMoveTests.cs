using System.Globalization;
using DualDb.Migrations.Tests.Places;
using DualDb.Migrations.Tests.Running;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>A table of which no part of the move is done in a moment.</summary>
public sealed class LargeMoveTests(MigrationServers servers)
{
    private const int Rows = 50_000;

    [Fact]
    public async Task Table_of_fifty_thousand_rows_moves_while_it_is_written_also_where_its_copy_is_killed_once()
    {
        await using var place = await WishPlace.CreateAsync(servers, Rows, batch: 5_000);
        await using var load = new WishLoad(place.Neon, Rows, WishLoad.Writes);
        await load.RunOnAsync();

        var brought = 0;
        await Assert.ThrowsAsync<CrashException>(() => place.MigrateAsync(MigrationPhase.Backfill, options => options.Probe = point =>
        {
            if (brought == 4 || (point is "rows brought" && ++brought == 4))
            {
                throw new CrashException(point);
            }
        }));
        await place.EndLeasesAsync();
        await load.RunOnAsync();
        Assert.InRange(await place.AskSupabaseAsync<long>("select count(*) from shop.wishes"), 15_000, 20_000);
        await place.AskSupabaseAsync<object?>("""
            create table copied (rows bigint, first bigint, last bigint);
            create function count_copied() returns trigger language plpgsql as $$ begin insert into public.copied select count(*), min(id), max(id) from added; return null; end $$;
            create trigger counted after insert on shop.wishes referencing new table as added for each statement execute function count_copied();
            select null
            """);

        await place.MigrateAsync(MigrationPhase.Backfill);
        Assert.Empty(load.Failures);
        var written = load.Written;
        await load.RunOnAsync();
        await place.MigrateAsync(MigrationPhase.Switch);
        await load.StopAsync();

        Assert.Empty(load.Unread);
        Assert.All(load.Failures, static failure => Assert.Equal("55000", failure.SqlState));
        Assert.Equal(await place.RowsAsync(Database.Neon), await place.RowsAsync(Database.Supabase));
        Assert.True(written > 1000, written.ToString(CultureInfo.InvariantCulture));

        // Of the ten parts, those that had come before the kill did not come again; rows that were changed lie wide apart.
        Assert.InRange(await place.AskSupabaseAsync<long>("select count(*) from copied where rows > 4500 and last - first < 6000"), 5, 7);
    }
}
