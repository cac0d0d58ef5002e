using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>Tables of one file are switched together, and go back together: they refer to one another, or are written in one transaction.</summary>
public sealed class MoveTogetherTests(MigrationServers servers)
{
    private const string Tables = "create table buyers (id bigint primary key, name text not null); create table visits (id bigint primary key, buyer bigint not null, note text not null);";
    private const string Moves = "\n-- move: public.buyers\n-- move: public.visits\n";
    private const string Switch = "supabase/20260301T1002_switch";

    [Fact]
    public async Task Where_one_table_cannot_be_switched_none_is()
    {
        await using var place = await PlaceAsync();
        await place.MigrateAsync(MigrationPhase.Backfill);
        var compared = 0;
        void Interfere(string point)
        {
            if (point == "rows compared" && ++compared == 2)
            {
                Run(place.Supabase, "alter table visits add constraint small check (id < 100) not valid");
                Run(place.Neon, "insert into buyers values (777, 'last'); insert into visits values (777, 777, 'last')");
            }
        }

        var failed = await Assert.ThrowsAsync<MigrationFailedException>(() => place.MigrateAsync(MigrationPhase.Switch, options => options.Probe = Interfere));

        Assert.Equal("23514", failed.SqlState);
        Assert.Contains("public.buyers from Neon to Supabase, public.visits from Neon to Supabase", failed.Message, StringComparison.Ordinal);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update buyers set name = 'goes on' where id = 777; update visits set note = 'goes on' where id = 777"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from buyers"))?.SqlState);
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from visits"))?.SqlState);

        await place.AskSupabaseAsync<object?>("alter table visits drop constraint small; select null");
        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Equal("goes on goes on", await place.AskSupabaseAsync<string>("select name || ' ' || note from visits v join buyers b on b.id = v.buyer where v.id = 777"));
        Assert.Equal(1, await place.AskSupabaseAsync<long>("select count(distinct xmin::text) from dualdb.moved_tables where stage = 'switched'"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from buyers"))?.SqlState);
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from visits"))?.SqlState);
    }

    [Fact]
    public async Task They_go_back_together_or_not_at_all()
    {
        await using var place = await PlaceAsync();
        await place.MigrateAsync(MigrationPhase.Switch);
        await DownAsync(place);
        Assert.Null(await place.WriteRowAsync(Database.Neon, "update buyers set name = 'old'; update visits set note = 'old'"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from buyers"))?.SqlState);
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Supabase, "delete from visits"))?.SqlState);

        await place.MigrateAsync(MigrationPhase.Switch);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update visits set note = 'new' where id = 2"));
        var refused = await Assert.ThrowsAsync<MigrationFailedException>(() => DownAsync(place));

        Assert.Contains("in public.visits: ", refused.Message, StringComparison.Ordinal);
        Assert.Null(await place.WriteRowAsync(Database.Supabase, "update buyers set name = 'new'; update visits set note = 'newer'"));
        Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from buyers"))?.SqlState);
    }

    [Fact]
    public async Task Run_that_crashed_anywhere_switches_both()
    {
        await using var place = await PlaceAsync();
        string? point = "";
        for (var crash = Every.First; point is not null; crash += Every.Step)
        {
            await place.EmptyAsync();
            await FillAsync(place);
            await place.MigrateAsync(MigrationPhase.Backfill);
            await place.AskNeonAsync<object?>("update visits set note = 'more' where id < 4; update buyers set name = 'more'; select null");
            var probe = new Running.CrashProbe(crash);
            point = await CrashAsync(place, probe);
            await place.EndLeasesAsync();

            await place.MigrateAsync(MigrationPhase.Switch);

            var when = $"crash {crash} at '{point}'";
            Assert.True(await SumAsync(place, Database.Neon) == await SumAsync(place, Database.Supabase), when);
            Assert.Null(await place.WriteRowAsync(Database.Supabase, "update buyers set name = 'new'; update visits set note = 'new'"));
            Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from buyers"))?.SqlState);
            Assert.Equal("55000", (await place.WriteRowAsync(Database.Neon, "delete from visits"))?.SqlState);
        }
    }

    private static Task<string> SumAsync(MigrationPlace place, Database database)
        => place.AskAsync<string>(database, "select md5((select string_agg(b::text, '' order by id) from buyers b) || (select string_agg(v::text, '' order by id) from visits v))");

    private async Task<MigrationPlace> PlaceAsync()
    {
        var place = await MigrationPlace.CreateAsync(servers);
        await FillAsync(place);
        return place.Write("supabase/20260301T1000_both", Tables)
            .Write("supabase/20260301T1001_copy", $"-- phase: backfill\n-- batch: 3{Moves}")
            .Write(Switch, $"-- phase: switch\n-- batch: 3{Moves}alter table visits add foreign key (buyer) references buyers;\n-- down:\nalter table visits drop constraint if exists visits_buyer_fkey;");
    }

    private static async Task FillAsync(MigrationPlace place)
        => await place.AskNeonAsync<object?>($"{Tables} insert into buyers select i, 'b' || i from generate_series(1, 5) i; insert into visits select i, i % 5 + 1, 'n' from generate_series(1, 9) i; select null");

    private static async Task<string?> CrashAsync(MigrationPlace place, Running.CrashProbe probe)
    {
        try
        {
            await place.MigrateAsync(MigrationPhase.Switch, options => options.Probe = probe.Reach);
        }
        catch (Exception) when (probe.CrashedAt is not null)
        {
            // Also one that was wrapped on its way.
        }

        return probe.CrashedAt;
    }

    private static void Run(string connectionString, string sql)
    {
        using var connection = new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static async Task DownAsync(MigrationPlace place)
    {
        var runner = place.Runner();
        await runner.DownAsync(await runner.PlanDownAsync(1, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
    }
}
