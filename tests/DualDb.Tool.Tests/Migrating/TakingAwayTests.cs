using DualDb.Tool.Tests.Places;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>What the tool asks before it takes something away. Nobody can be asked here, so that it is refused.</summary>
public sealed class TakingAwayTests(ToolServers servers)
{
    [Theory]
    [InlineData("create schema old; create table old.t (); drop schema old cascade;")]
    [InlineData("-- accept: DDM014 it is known\ntruncate orders;")]
    [InlineData("-- accept: DDM001 it is known\ndrop table orders;")]
    [InlineData("delete from orders;")]
    [InlineData("update orders set id = 1;")]
    [InlineData("do $$ begin delete from orders; end $$;")]
    [InlineData("drop owned by nobody;")]
    [InlineData("drop database nothing;")]
    public async Task What_takes_away_is_asked_for_whatever_the_file_accepts(string sql)
    {
        await using var place = await PlaceAsync();
        (await place.RunAsync("migrations", "up")).EndedWith(0);
        place.Write("neon/20260101T1400_away", sql);

        Assert.True((await place.RunAsync("migrations", "plan", "--json")).EndedWith(0).Json["migrations"]![0]!["takesAway"]!.GetValue<bool>());
        var up = (await place.RunAsync("migrations", "up", "--json")).EndedWith(3);

        Assert.Equal("refused", up.Json["error"]!["kind"]!.GetValue<string>());
        Assert.Contains("neon/20260101T1400_away (line", up.Error, StringComparison.Ordinal);
        Assert.Equal(0, await place.AskNeonAsync<long>("select count(*) from dualdb.migrations where name like '%away'"));
    }

    [Fact]
    public async Task Run_that_broke_off_asks_before_what_it_still_takes_away_and_not_for_what_is_gone()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/20260101T1400_away", "-- transaction: none\ndelete from orders;\nselect nothing;");
        (await place.RunAsync("migrations", "up", "--yes")).EndedWith(1);

        place.Write("neon/20260101T1400_away", "-- transaction: none\ndelete from orders;\nselect 1;\ntruncate orders;");
        var resume = (await place.RunAsync("migrations", "resume")).EndedWith(3);
        Assert.Contains("neon/20260101T1400_away (line 4)", resume.Error, StringComparison.Ordinal);

        place.Write("neon/20260101T1400_away", "-- transaction: none\ndelete from orders;\nselect 1;");
        (await place.RunAsync("migrations", "resume")).EndedWith(0);
    }

    [Fact]
    public async Task Way_down_that_broke_off_is_asked_for_before_it_goes_on()
    {
        await using var place = await PlaceAsync();
        place.Write("supabase/20260101T1300_names", "-- transaction: none\ncreate table names ();\n-- down:\ndrop table names; select nothing;");
        (await place.RunAsync("migrations", "up", "--home", "supabase")).EndedWith(0);
        (await place.RunAsync("migrations", "down", "--steps", "2", "--yes", "--home", "supabase")).EndedWith(1);
        place.Write("supabase/20260101T1300_names", "-- transaction: none\ncreate table names ();\n-- down:\ndrop table names;");

        Assert.Null((await place.RunAsync("migrations", "status", "--json")).EndedWith(0).Json["unfinishedRun"]);
        Assert.True((await place.RunAsync("migrations", "status", "--json", "--home", "supabase")).EndedWith(0).Json["unfinishedRun"]!["isUndoing"]!.GetValue<bool>());
        Assert.Contains("neon/20260101T1200_orders", (await place.RunAsync("migrations", "resume", "--home", "supabase")).EndedWith(3).Error, StringComparison.Ordinal);
        Assert.True(await place.AskNeonAsync<bool>("select to_regclass('orders') is not null"));
        Assert.Equal(2, (await place.RunAsync("migrations", "resume", "--home", "supabase", "--yes", "--json")).EndedWith(0).Texts("undone").Count);
    }

    [Fact]
    public async Task Rows_that_begin_with_an_empty_table_are_asked_for()
    {
        await using var place = await PlaceAsync();
        place.Write("neon/seeds/orders", "truncate orders; insert into orders values (1);");

        Assert.Contains("neon/seeds/orders", (await place.RunAsync("migrations", "up", "--seeds")).EndedWith(3).Error, StringComparison.Ordinal);
        (await place.RunAsync("migrations", "up", "--seeds", "--yes")).EndedWith(0);
    }

    private async Task<ToolPlace> PlaceAsync()
    {
        var place = await ToolPlace.CreateAsync(servers);
        return place.Write("neon/20260101T1200_orders", "create table orders (id bigint);\n-- down:\ndrop table orders;");
    }
}
