using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>A database that has taken a table over keeps its rows, whatever becomes of the files that brought it there.</summary>
public sealed class MoveAgainTests(MigrationServers servers)
{
    private static readonly MigrationId CopyId = MigrationId.Parse(WishPlace.Copy);

    [Fact]
    public async Task Second_copy_that_is_refused_and_undone_empties_nothing()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 20, batch: 7);
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'here' where id = 3"));
        var rows = await place.RowsAsync(Database.Supabase);
        place.Write("supabase/20260302T1000_again", $"-- requires: {WishPlace.Switch}\n-- phase: backfill\n-- move: shop.wishes\n-- down: none");

        var refused = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch));
        Assert.Contains("holds rows already", refused.Message, StringComparison.Ordinal);
        await place.Runner().DownAsync(await place.Runner().PlanDownAsync(1, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.Equal(rows, await place.RowsAsync(Database.Supabase));
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'still' where id = 3"));
    }

    [Fact]
    public async Task Copy_that_is_forgotten_and_run_again_copies_nothing()
    {
        await using var place = await WishPlace.CreateAsync(servers, rows: 20, batch: 7);
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update shop.wishes set text = 'here' where id = 3"));
        var rows = await place.RowsAsync(Database.Supabase);
        await place.AskSupabaseAsync<object?>($"delete from dualdb.migrations where name = '{CopyId.Name}'; select null");

        await place.Runner(static options => (options.Through, options.AllowOutOfOrder) = (MigrationPhase.Switch, true)).MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(rows, await place.RowsAsync(Database.Supabase));
    }
}
