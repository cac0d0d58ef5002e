using DualDb.Tool.Tests.Places;
using Npgsql;

namespace DualDb.Tool.Tests.Migrating;

/// <summary>
/// Twelve migrations over both databases that require each other both ways. Each statement leaves one row behind, and can be held: it waits for a lock of the test, and all before it is done.
/// </summary>
internal static class TwelveSteps
{
    private const long Lock = 4711;

    private static readonly (string Id, string Requires, string Sql, string Effects)[] Steps =
    [
        ("neon/20260101T0100_one", "none", "create table items (id int); select step('n1a'); insert into items select generate_series(1, 3);", "n1a"),
        ("supabase/20260101T0200_two", "neon/20260101T0100_one", "select step('s2a'); select step('s2b');", "s2a s2b"),
        ("neon/20260101T0300_three", "supabase/20260101T0200_two", "select step('n3a');\ncreate index concurrently items_held on items (held('n3i', id));\nselect step('n3b');", "n3a n3i n3b"),
        ("supabase/20260101T0400_four", "neon/20260101T0300_three", "-- transaction: none\nselect step('s4a');\nselect step('s4b');", "s4a s4b"),
        ("neon/20260101T0500_five", "supabase/20260101T0400_four", "select step('n5a'); vacuum items; select step('n5b');", "n5a n5b"),
        ("neon/20260101T0600_six", "neon/20260101T0500_five", "select step('n6a');", "n6a"),
        ("supabase/20260101T0700_seven", "neon/20260101T0600_six, supabase/20260101T0400_four", "select step('s7a'); create table people (id int); select step('s7b');", "s7a s7b"),
        ("supabase/20260101T0800_eight", "supabase/20260101T0700_seven", "select step('s8a');\ncreate index concurrently people_id on people (id);\nselect step('s8b');", "s8a s8b"),
        ("neon/20260101T0900_nine", "supabase/20260101T0800_eight", "select step('n9a'); select step('n9b');", "n9a n9b"),
        ("supabase/20260101T1000_ten", "neon/20260101T0900_nine", "select step('s10a');", "s10a"),
        ("neon/20260101T1100_eleven", "supabase/20260101T1000_ten", "drop index concurrently if exists items_gone; select step('n11a');", "n11a"),
        ("supabase/20260101T1200_twelve", "neon/20260101T1100_eleven", "select step('s12a');", "s12a"),
    ];

    /// <summary>The statements that can be held, in the order in which they run.</summary>
    public static IReadOnlyList<string> Points { get; } = [.. Steps.SelectMany(static step => step.Effects.Split(' '))];

    public static int Count => Steps.Length;

    public static void Write(ToolPlace place)
    {
        foreach (var (id, requires, sql, _) in Steps)
        {
            place.Write(id, $"-- requires: {requires}\n{sql}");
        }
    }

    /// <summary>Empties both databases, and holds a statement; null for none.</summary>
    public static async Task PrepareAsync(ToolPlace place, string? held)
        => await place.DoAsync($"""
            drop schema if exists dualdb cascade; drop schema public cascade; create schema public;
            create table ledger (what text); create table holds (what text); insert into holds select '{held}' where '{held}' <> '';
            create function held(name text, value int) returns int language plpgsql immutable as $$
            begin
                if exists (select from public.holds where what = name) then perform pg_advisory_xact_lock({Lock}); end if;
                return value;
            end $$;
            create function step(name text) returns void language plpgsql as $$
            begin
                perform held(name, 0);
                insert into ledger values (name);
            end $$
            """);

    /// <summary>Takes the lock that statements are held by, in both databases.</summary>
    public static async Task<IReadOnlyList<NpgsqlConnection>> HoldAsync(ToolPlace place)
    {
        var holders = new List<NpgsqlConnection>();
        foreach (var address in (string[])[place.Neon, place.Supabase])
        {
            var connection = new NpgsqlConnection(address);
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"select pg_advisory_lock({Lock})", connection);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            holders.Add(connection);
        }

        return holders;
    }

    /// <summary>Whether a statement is held.</summary>
    public static async Task<bool> IsHeldAsync(ToolPlace place)
    {
        const string Waits = "select exists (select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database()))";
        return await place.AskNeonAsync<bool>(Waits) || await place.AskSupabaseAsync<bool>(Waits);
    }

    /// <summary>Makes sure that every statement has had its effect once, in both databases.</summary>
    public static async Task AssertDoneOnceAsync(ToolPlace place, string when)
    {
        var done = await place.AskNeonAsync<string>("select string_agg(what, ' ') from ledger") + " " + await place.AskSupabaseAsync<string>("select string_agg(what, ' ') from ledger");
        var wanted = Points.Where(static point => point != "n3i").OrderBy(static point => point[0]);
        Assert.True(string.Join(' ', wanted) == done, $"{when}: {done}");
        Assert.True(await place.AskNeonAsync<bool>("select bool_and(indisvalid) and count(*) = 1 from pg_index where indrelid = 'items'::regclass"), when);
        Assert.True(await place.AskSupabaseAsync<bool>("select bool_and(indisvalid) and count(*) = 1 from pg_index where indrelid = 'people'::regclass"), when);
        Assert.True(await place.AskNeonAsync<bool>("select count(*) = 3 from items"), when);
        foreach (var ask in (Func<string, Task<bool>>[])[place.AskNeonAsync<bool>, place.AskSupabaseAsync<bool>])
        {
            Assert.True(await ask("select bool_and(state = 'applied' and done = statements and attempt is null and error is null) and count(*) = 6 from dualdb.migrations"), when);
            Assert.True(await ask("select owner is null from dualdb.migration_lock"), when);
        }

        Assert.True(await place.AskNeonAsync<bool>("select bool_and(state = 'succeeded') and count(*) = 1 from dualdb.migration_runs"), when);
    }
}
