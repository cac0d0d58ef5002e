using System.Globalization;
using System.Text.RegularExpressions;
using DualDb.Tool.Tests.Places;
using Npgsql;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>Four nodes of a deployment migrate at once, and the one at work is killed in the middle of an index.</summary>
public sealed partial class FourProcessesTests(ToolServers servers)
{
    [Fact]
    public async Task Others_take_over_from_the_one_that_is_killed_while_it_builds_an_index_concurrently()
    {
        await using var place = await ToolPlace.CreateAsync(servers);
        await place.DoAsync("create table ledger (what text)");
        place.Write("neon/20260101T0100_orders", "create table orders (id int); insert into orders select generate_series(1, 1000); insert into ledger values ('orders');");
        place.Write("supabase/20260101T0200_profiles", "-- requires: neon/20260101T0100_orders\ninsert into ledger values ('profiles');");
        place.Write("neon/20260101T0300_index", "-- requires: supabase/20260101T0200_profiles\ncreate index concurrently orders_id on orders (id);\ninsert into ledger values ('index');");
        place.Write("supabase/20260101T0400_end", "-- requires: neon/20260101T0300_index\ninsert into ledger values ('end');");

        // Whoever wrote to the table holds up the index until he is done; the table is there before the four start.
        (await place.RunAsync("migrations", "up", "--through", "expand", "--folder", Only(place, "neon/20260101T0100_orders"))).EndedWith(0);
        await using var writer = new NpgsqlConnection(place.Neon);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        await using var open = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var insert = new NpgsqlCommand("insert into orders values (0)", writer, open))
        {
            await insert.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var migrators = Enumerable.Range(0, 4).Select(_ => place.Start("migrations", "up", "--lease", "2s", "--json")).ToList();
        await Eventually.HoldsAsync(() => place.AskNeonAsync<bool>("select exists (select from pg_stat_activity where datname = current_database() and query ilike 'create index concurrently%' and state = 'active')"), "the index is being built");
        var worker = int.Parse(HolderProcess().Match(await place.AskNeonAsync<string>("select holder from dualdb.migration_lock")).Groups["id"].Value, CultureInfo.InvariantCulture);
        var victim = migrators.Single(migrator => migrator.Id == worker);
        victim.Kill();
        Assert.Equal(137, (await victim.EndAsync()).ExitCode);
        await open.CommitAsync(TestContext.Current.CancellationToken);

        var others = await Task.WhenAll(migrators.Where(migrator => migrator != victim).Select(migrator => migrator.EndAsync()));

        Assert.All(others, other => other.EndedWith(0));
        Assert.Equal(["neon/20260101T0300_index", "supabase/20260101T0400_end"], others.SelectMany(other => other.Texts("applied")).Order(StringComparer.Ordinal));
        Assert.Equal("index orders", await place.AskNeonAsync<string>("select string_agg(what, ' ' order by what) from ledger"));
        Assert.Equal("end profiles", await place.AskSupabaseAsync<string>("select string_agg(what, ' ' order by what) from ledger"));
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(indisvalid) and count(*) = 1 from pg_index where indrelid = 'orders'::regclass"));
        Assert.True(await place.AskNeonAsync<bool>("select owner is null from dualdb.migration_lock"));
        Assert.True(await place.AskSupabaseAsync<bool>("select owner is null from dualdb.migration_lock"));
    }

    /// <summary>A folder with one of the migrations, as an earlier release had it.</summary>
    private static string Only(ToolPlace place, string id)
    {
        var earlier = Path.Combine(place.Folder, "earlier");
        var file = Path.Combine(earlier, id + ".sql");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Copy(Path.Combine(place.Folder, "migrations", id + ".sql"), file);
        return earlier;
    }

    [GeneratedRegex("process (?<id>[0-9]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HolderProcess();
}
