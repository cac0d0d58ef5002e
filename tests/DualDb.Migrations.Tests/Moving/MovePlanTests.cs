using System.Globalization;
using DualDb.Migrations.Model;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>The plan as it is written from the model, on servers.</summary>
public sealed class MovePlanTests(MigrationServers servers)
{
    private const int Rows = 200_000;

    // A large table, and an application that reads and writes it all the while.
    [Fact]
    public async Task Entity_moves_with_200000_rows_under_load_and_nothing_is_left_to_say()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await AddAsync(place, "first", MovedModel.Before);
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        await place.AskNeonAsync<object?>($"""
            insert into shop.orders (mood) select 'glad' from generate_series(1, 100);
            insert into shop.wishes (order_id, profile_id, slot, text, mood) select 1 + i % 100, md5((i % 10)::text)::uuid, i, 'wish ' || i, 'sad' from generate_series(1, {Rows}) i;
            insert into shop.gifts (wish_id) select i from generate_series({Rows - 50}, {Rows}) i;
            analyze; select null
            """);
        await place.AskSupabaseAsync<object?>("insert into profiles (id) select md5(i::text)::uuid from generate_series(0, 9) i; select null");
        await AddAsync(place, "wishes_to_supabase", MovedModel.After);
        await using var load = new WishLoad(
            place.Neon,
            Rows - 100,
            "insert into shop.wishes (order_id, profile_id, slot, mood) select 1, profile_id, (random() * 1000000000)::integer + 1000000, 'glad' from shop.wishes where id = 5",
            "update shop.wishes set text = text || '.', mood = 'glad' where id = @id",
            "delete from shop.wishes where id = @id and id <> 5");
        await load.RunOnAsync();

        await MigrateAsync(place, MigrationPhase.Expand, files: 1);
        await load.RunOnAsync();
        await MigrateAsync(place, MigrationPhase.Backfill, files: 1);
        await load.RunOnAsync();
        Assert.Empty(load.Failures);
        await MigrateAsync(place, MigrationPhase.Switch, files: 2);
        await load.StopAsync();

        Assert.Empty(load.Unread);
        Assert.All(load.Failures, static failure => Assert.Equal("55000", failure.SqlState));
        Assert.True(load.Written > 100, load.Written.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(await RowsAsync(place, Database.Neon), await RowsAsync(place, Database.Supabase));

        // What the new version of the application does, and what the old table is in nobody's way of.
        var id = await place.AskSupabaseAsync<long>("insert into shop.wishes (order_id, profile_id, slot, mood) select 101, id, 2000000000, 'glad' from profiles limit 1 returning id");
        Assert.Equal(id, await place.AskNeonAsync<long>("select last_value + 1 from shop.wishes_id_seq"));
        Assert.Null(await place.WriteRowAsync(Database.Neon, $"insert into shop.gifts (wish_id) values ({id}); delete from shop.orders where id = 1"));
        Assert.Equal("23503", (await place.WriteRowAsync(Database.Supabase, "insert into shop.wishes (order_id, profile_id, slot, mood) values (1, gen_random_uuid(), 2000000001, 'sad')"))?.SqlState);

        await MigrateAsync(place, MigrationPhase.Contract, files: 2);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('shop.wishes') is null"));
        var report = await place.Db.DoctorAsync(MovedModel.After, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(report.HasDrift, report.ToString());
        Assert.True((await place.Runner().PlanAsync(TestContext.Current.CancellationToken)).IsEmpty);
    }

    [Fact]
    public async Task Entity_moves_there_and_back_again()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await AddAsync(place, "first", MovedModel.Before);
        await AddAsync(place, "there", MovedModel.After);
        await AddAsync(place, "back", MovedModel.Before);
        await place.Runner(static options => options.Through = MigrationPhase.Contract).MigrateAsync(TestContext.Current.CancellationToken);
        await place.AskNeonAsync<object?>("insert into shop.orders (mood) values ('glad'); insert into shop.wishes (order_id, profile_id, slot, mood) values (1, gen_random_uuid(), 1, 'sad'); insert into shop.gifts (wish_id) values (1); select null");
        var after = MovedModel.After with { Tables = [.. MovedModel.After.Tables.Select(static table => table with { ForeignKeys = [] })] };

        await AddAsync(place, "there_again", after);
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from shop.wishes"));
        Assert.False((await place.Db.DoctorAsync(after, cancellationToken: TestContext.Current.CancellationToken)).HasDrift);
    }

    [Fact]
    public async Task Plan_is_undone_file_by_file()
    {
        await using var place = await MigrationPlace.CreateAsync(servers);
        await AddAsync(place, "first", MovedModel.Before);
        await place.Runner().MigrateAsync(TestContext.Current.CancellationToken);
        await AddAsync(place, "there", MovedModel.After);
        await MigrateAsync(place, MigrationPhase.Switch, files: 4);

        var runner = place.Runner();
        await runner.DownAsync(await runner.PlanDownAsync(4, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);

        Assert.True(await place.AskSupabaseAsync<bool>("select to_regclass('shop.wishes') is null"));
        Assert.Equal(2, await place.AskNeonAsync<long>("select count(*) from pg_constraint where conname in ('gifts_wish_id_fkey', 'wishes_order_id_fkey')"));
        Assert.Null(await place.WriteRowAsync(Database.Neon, "insert into shop.orders (mood) values ('glad'); insert into shop.wishes (order_id, profile_id, slot, mood) select id, gen_random_uuid(), 1, 'sad' from shop.orders"));
    }

    private static Task<ScaffoldResult> AddAsync(MigrationPlace place, string name, SchemaModel model) => MigrationScaffold.AddAsync(name, model, place.Folder, options: null, TestContext.Current.CancellationToken);

    private static async Task MigrateAsync(MigrationPlace place, MigrationPhase through, int files) => Assert.Equal(files, (await place.MigrateAsync(through)).Applied.Count);

    private static Task<string> RowsAsync(MigrationPlace place, Database database)
        => place.AskAsync<string>(database, "select count(*) || ' ' || md5(string_agg(w::text, E'\\n' order by id)) from shop.wishes w");
}
