using System.Globalization;
using DualDb.Migrations.Tests.Places;

namespace DualDb.Migrations.Tests.Running;

/// <summary>Files of rows: run once each, when that is asked for, and never held in memory as a whole.</summary>
public sealed class SeedTests(MigrationServers servers)
{
    private const string Countries = "neon/seeds/countries";
    private const string People = "supabase/seeds/people";

    [Fact]
    public async Task Rows_are_inserted_once_when_that_is_asked_for_and_shown_before()
    {
        await using var place = await PlaceAsync();
        Assert.Empty((await place.Runner().MigrateAsync()).Seeds);
        Assert.True((await place.Runner().PlanAsync()).IsEmpty);
        var runner = place.Runner(options => options.Seeds = true);

        var plan = await runner.PlanAsync();
        Assert.Equal([Countries, People], plan.Seeds.Select(id => id.ToString()));
        Assert.Contains("rows: neon/seeds/countries, supabase/seeds/people", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"neon/seeds/countries\"", plan.ToJson(), StringComparison.Ordinal);
        Assert.Equal(2, (await runner.DryRunAsync(plan)).Tried.Count);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from countries"));
        Assert.Equal([Countries, People], (await runner.RunAsync(plan)).Seeds.Select(id => id.ToString()));

        Assert.Equal("Österreich", await place.AskNeonAsync<string>("select name from countries where code = 'AT'"));
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from people"));
        Assert.Equal(2, await place.AskNeonAsync<int>("select statements from dualdb.seeds where name = 'seeds/countries'"));
        Assert.True((await runner.PlanAsync()).IsEmpty);
    }

    [Fact]
    public async Task Seed_that_was_changed_is_named_and_not_run_again_and_line_ends_are_no_change()
    {
        await using var place = await PlaceAsync();
        place.Write(People, "insert into people\r\nvalues (1);");
        await place.Runner(options => options.Seeds = true).MigrateAsync();
        place.Write(Countries, "insert into countries values ('CH', 'Schweiz');");
        place.Write(People, "insert into people\nvalues (1);");

        var plan = await place.Runner(options => options.Seeds = true).PlanAsync();

        Assert.Equal([Countries], plan.ChangedSeeds.Select(id => id.ToString()));
        Assert.True(plan.IsEmpty);
        Assert.Contains("not run again: neon/seeds/countries", plan.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Seed_that_fails_leaves_nothing_and_is_told_by_line_and_column()
    {
        await using var place = await PlaceAsync();
        place.Write(Countries, string.Concat(Enumerable.Range(1, 2500).Select(number => string.Create(CultureInfo.InvariantCulture, $"insert into countries\nvalues ('{number}', 'x');\n"))) + "  insert into countries values (nothing);\n");

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.Seeds = true).MigrateAsync());

        Assert.Equal((Countries, 2501, 5001, 33), (failed.Id.ToString(), failed.Statement, failed.Line, failed.Column));
        Assert.Equal([People], failed.Skipped.Select(id => id.ToString()));
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from countries"));
        place.Write(Countries, "insert into countries values ('CH', 'Schweiz');");
        Assert.Equal(2, (await place.Runner(options => options.Seeds = true).MigrateAsync()).Seeds.Count);
    }

    [Theory]
    [InlineData("insert into countries values (1);\ncopy countries from stdin;", 2, "COPY")]
    [InlineData("insert into countries values (1);\n\\connect other", 2, "command of psql")]
    [InlineData("select 1;\ncreate index concurrently i on countries (code);", 2, "cannot run in one")]
    [InlineData("select 1;\n\nselect 'x", 3, "has no end")]
    [InlineData("select 1;\n-- down:\nselect 2;", 3, "no way down")]
    [InlineData("-- of the world\n-- transaction: none\nselect 1;", 2, "a seed has none")]
    [InlineData("select 1;\n-- down\nselect 2;", 2, "does not begin the way down")]
    public async Task What_a_seed_cannot_hold_is_refused_with_its_line(string sql, int line, string reason)
    {
        await using var place = await PlaceAsync();
        place.Write(Countries, sql);

        var refused = await Assert.ThrowsAsync<MigrationFileException>(() => place.Runner(options => options.Seeds = true).MigrateAsync());

        Assert.Equal(line, refused.Line);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from countries"));
    }

    /// <summary>A seed has no header, so that nobody can mean it. Parts of a long one end anywhere, also within a comment and behind the semicolon in front of one.</summary>
    [Fact]
    public async Task Comment_between_rows_is_one_whatever_it_says()
    {
        const int Rows = 6000;
        await using var place = await PlaceAsync();
        place.Write(Countries, string.Concat(Enumerable.Range(0, Rows).Select(static number => $"insert into countries values ('{number}', ''); -- down\n-- batch: 2 of the rows\n-- download: complete\n")));

        await place.Runner(options => options.Seeds = true).MigrateAsync();

        Assert.Equal(Rows, await place.AskNeonAsync<long>("select count(*) from countries"));
    }

    [Fact]
    public async Task A_way_down_in_the_middle_of_a_long_seed_is_refused_and_loses_nothing_silently()
    {
        await using var place = await PlaceAsync();
        var rows = string.Concat(Enumerable.Range(0, 4000).Select(static number => $"insert into countries values ('{number}', 'of a name that makes the file longer than a part of it');\n"));
        place.Write(Countries, rows + "-- down:\n" + rows.Replace("values ('", "values ('x", StringComparison.Ordinal));

        var refused = await Assert.ThrowsAsync<MigrationFileException>(() => place.Runner(options => options.Seeds = true).MigrateAsync());

        Assert.Contains("no way down", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from countries"));
    }

    [Fact]
    public async Task Rest_of_a_run_has_the_rows_that_it_was_to_insert_and_no_others()
    {
        await using var place = await PlaceAsync();
        place.Write(People, "insert into people values (nothing);");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.Seeds = true).MigrateAsync());
        place.Write(People, "insert into people values (1);");
        place.Write("supabase/seeds/added", "insert into people values (2);");
        Assert.Empty((await place.Runner().PlanAsync()).Seeds);

        foreach (var asked in (bool[])[true, false])
        {
            var rest = (await place.Runner(options => options.Seeds = asked).PlanAsync()).RestOfBrokenRun();
            Assert.Equal([People], rest.Seeds.Select(id => id.ToString()));
        }

        var runner = place.Runner();
        Assert.Equal([People], (await runner.RunAsync((await runner.PlanAsync()).RestOfBrokenRun())).Seeds.Select(id => id.ToString()));
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from people"));
        Assert.True((await runner.PlanAsync()).RestOfBrokenRun().IsEmpty);
        Assert.Equal(["supabase/seeds/added"], (await place.Runner(options => options.Seeds = true).PlanAsync()).Seeds.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Rest_of_a_run_knows_its_rows_by_whole_names_that_may_hold_blanks()
    {
        await using var place = await PlaceAsync();
        place.Delete(People);
        place.Write(People + " of today", "insert into people values (nothing);");
        await Assert.ThrowsAsync<MigrationFailedException>(() => place.Runner(options => options.Seeds = true).MigrateAsync());
        place.Write(People, "insert into people values (1);").Write(People + " of today", "insert into people values (2);").Write(People + " of yesterday", "insert into people values (3);");

        var runner = place.Runner();
        Assert.Equal([People + " of today"], (await runner.RunAsync((await runner.PlanAsync()).RestOfBrokenRun())).Seeds.Select(id => id.ToString()));
    }

    [Fact]
    public async Task Rows_whose_table_was_undone_are_inserted_again_and_those_of_others_are_not()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_people", "create table people (id bigint);\n-- down:\ndrop table people;");
        place.Write("supabase/20260101T1400_names", "alter table people rename to persons;\n-- down:\nalter table persons rename to people;");
        place.Write(People, "insert into persons values (1)");
        var runner = place.Runner(options => options.Seeds = true);
        await runner.MigrateAsync();

        Assert.Empty((await runner.DownAsync(await runner.PlanDownAsync(1))).GoneSeeds);
        Assert.Equal([People], (await runner.DownAsync(await runner.PlanDownAsync(1))).GoneSeeds.Select(id => id.ToString()));

        Assert.Equal([People], (await runner.MigrateAsync()).Seeds.Select(id => id.ToString()));
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from persons"));
    }

    [Fact]
    public async Task Rows_of_a_table_that_was_dropped_on_the_way_up_are_not_inserted_again_by_another_way_down()
    {
        await using var place = await PlaceAsync();
        var runner = place.Runner(options => options.Seeds = true);
        await runner.MigrateAsync();
        place.Write("neon/20260101T1500_drop", "drop table countries;\n-- down: none").Write("supabase/20260101T1600_names", "create table names (name text);\n-- down:\ndrop table names;");
        runner = place.Runner(options => options.Seeds = true);
        await runner.MigrateAsync();

        var down = await runner.DownAsync(await runner.PlanDownAsync(1));

        Assert.Empty(down.GoneSeeds);
        Assert.Empty(down.PartlyGoneSeeds);
        Assert.Empty((await runner.MigrateAsync()).Seeds);
    }

    [Fact]
    public async Task Rows_of_which_only_some_tables_were_undone_are_named_and_not_inserted_twice()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1400_pets", "create table pets (id bigint);\n-- down:\ndrop table pets;").Write(People, "insert into people values (1);\ninsert into pets values (1);");
        var runner = place.Runner(options => options.Seeds = true);
        await runner.MigrateAsync();

        var down = await runner.DownAsync(await runner.PlanDownAsync(1));

        Assert.Empty(down.GoneSeeds);
        Assert.Equal([People], down.PartlyGoneSeeds.Select(id => id.ToString()));
        Assert.Empty((await runner.MigrateAsync()).Seeds);
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(*) from people"));
    }

    [Fact]
    public async Task Rows_that_a_compensation_has_taken_are_inserted_again()
    {
        await using var place = await PlaceAsync();
        await place.Runner().MigrateAsync();
        place.Write("neon/20260101T1400_cities", "create table cities (code text);\n-- down:\ndrop table cities;");
        place.Write("neon/seeds/cities", "insert into cities values ('VIE');");
        place.Write(People, "insert into people values (nothing);");
        var runner = place.Runner(options => (options.Seeds, options.OnFailure) = (true, MigrationFailurePolicy.Compensate));

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => runner.MigrateAsync());

        Assert.Contains("the rows of neon/seeds/cities,", failed.Message, StringComparison.Ordinal);
        place.Write(People, "insert into people values (1);");
        Assert.Equal(["neon/seeds/cities", People], (await runner.MigrateAsync()).Seeds.Select(id => id.ToString()));
        Assert.Equal(1, await place.AskNeonAsync<long>("select count(*) from cities"));
        Assert.Equal(2, await place.AskNeonAsync<long>("select count(*) from countries"));
    }

    [Fact]
    public async Task Note_of_an_earlier_version_that_lacks_the_tables_stays()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_people", "create table people (id bigint);\n-- down:\ndrop table people;");
        var runner = place.Runner(options => options.Seeds = true);
        await runner.MigrateAsync();
        await place.AskSupabaseAsync<object?>("alter table dualdb.seeds drop column tables, drop column table_ids");

        Assert.Empty((await runner.DownAsync(await runner.PlanDownAsync(1))).GoneSeeds);

        place.Write("supabase/seeds/more", "insert into people values (2);");
        Assert.Equal(["supabase/seeds/more"], (await place.Runner(options => options.Seeds = true).MigrateAsync()).Seeds.Select(id => id.ToString()));
        Assert.Equal([People], (await place.AskSupabaseAsync<string[]>("select array_agg('supabase/' || name) from dualdb.seeds where tables is null")));
    }

    private async Task<MigrationPlace> PlaceAsync() => (await MigrationPlace.CreateAsync(servers))
        .Write("neon/20260101T1200_countries", "create table countries (code text, name text);")
        .Write("supabase/20260101T1300_people", "create table people (id bigint);")
        .Write(Countries, "-- of the world\ninsert into countries values ('AT', 'Österreich');\ninsert into countries values ('DE', 'Deutschland; usw.');")
        .Write(People, "insert into people values (1)");
}
