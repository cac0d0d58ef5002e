using System.Globalization;
using DualDb.Consistency.Sync;
using DualDb.Consistency.Sync.Conflicts;
using DualDb.Consistency.Tests.Places;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>Each pair of changes of one row that did not know of each other, under each policy, in each order of time and arrival.</summary>
public sealed class ConflictMatrixTests(ConsistencyServers places)
{
    private static readonly string[] Operations = ["insert", "update", "delete"];

    /// <summary>Every pair, with the side that was first; the key of each is its place.</summary>
    private static readonly (string Neon, string Supabase, bool IsNeonFirst)[] Cases =
        [.. from neon in Operations from supabase in Operations from isNeonFirst in new[] { true, false } select (neon, supabase, isNeonFirst)];

    public static TheoryData<ConflictPolicy, string> All
    {
        get
        {
            var all = new TheoryData<ConflictPolicy, string>();
            foreach (var policy in Enum.GetValues<ConflictPolicy>())
            {
                foreach (var arrival in new[] { "Neon's first", "Supabase's first", "both at once" })
                {
                    all.Add(policy, arrival);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Both_sides_end_with_what_the_policy_says(ConflictPolicy policy, string arrival)
    {
        await using var place = await SyncPlace.CreateAsync(places.Servers, [Map(policy)], Maps.Items, Maps.Copies);
        await place.StartAsync();
        await place.NeonAsync(string.Join(';', Keys(static pair => !IsNew(pair)).Select(static key => $"insert into items values ({key}, 'base', 10, 10, '2026-01-01Z')")) + "; select 1");
        await place.SettleAsync();
        await HoldAsync(place, Database.Neon, Database.Supabase);

        for (var key = 0; key < Cases.Length; key++)
        {
            var pair = Cases[key];
            var writes = new[] { place.NeonAsync, (Func<string, Task<object?>>)place.SupabaseAsync };
            var texts = new[] { Write(pair.Neon, key, "items", "id", "name", "neon", 1), Write(pair.Supabase, key, "copies", "item_id", "title", "supabase", 2) };
            foreach (var side in pair.IsNeonFirst ? [0, 1] : new[] { 1, 0 })
            {
                await writes[side](texts[side]);
            }
        }

        await LetGoAsync(place, arrival);
        await place.StartAsync();
        await place.SettleAsync();

        var expected = Enumerable.Range(0, Cases.Length).Select(key => $"{key}: {Outcome(policy, Cases[key])}").ToArray();
        Assert.Equal(expected, await RowsAsync(place.NeonAsync, "items", "id", "name"));
        Assert.Equal(expected, await RowsAsync(place.SupabaseAsync, "copies", "item_id", "title"));

        // Each pair is a conflict, but for two that leave nothing to differ about; and each is kept once.
        Assert.Equal((long)Cases.Length, await place.NeonAsync("select count(distinct key) from dualdb.sync_conflicts"));
        Assert.Equal(policy == ConflictPolicy.Manual ? (long)Cases.Length : 0L, await place.NeonAsync("select count(distinct key) from dualdb.sync_conflicts where winner = 'open'"));
    }

    private static SyncMap Map(ConflictPolicy policy)
    {
        var map = Maps.Of(SyncDirection.TwoWay, policy);
        return policy is not ConflictPolicy.Custom ? map : new SyncMap
        {
            Name = map.Name, Source = map.Source, Target = map.Target, Columns = map.Columns, Direction = map.Direction, OnConflict = policy,
            Resolver = static conflict => conflict.TargetAfter is null ? ConflictDecision.KeepSource(conflict) : ConflictDecision.TakeTarget(conflict),
        };
    }

    // What is new on both sides has no row to begin with; where one side inserts and the other does not, it is another row in place of the one that was there.
    private static bool IsNew((string Neon, string Supabase, bool) pair) => pair is { Neon: "insert", Supabase: "insert" };

    private static IEnumerable<int> Keys(Func<(string, string, bool), bool> holds) => Enumerable.Range(0, Cases.Length).Where(key => holds(Cases[key]));

    private static string Write(string operation, int key, string table, string id, string name, string value, int more) => operation switch
    {
        "insert" => $"begin; delete from {table} where {id} = {key}; insert into {table} values ({key}, '{value}', {more}, {more}, '2026-01-01Z'); commit",
        "update" when value == "neon" => $"update {table} set {name} = '{value}', stock = stock + {more} where {id} = {key}",
        "update" => $"update {table} set {name} = '{value}', amount = amount + 5, stock = stock + {more} where {id} = {key}",
        _ => $"delete from {table} where {id} = {key}",
    };

    private static string Outcome(ConflictPolicy policy, (string Neon, string Supabase, bool IsNeonFirst) pair)
    {
        // A row that Supabase has replaced has nothing in common with the one that was there.
        (string Name, int Amount, int Stock)? ground = pair.Supabase == "insert" ? null : ("base", 10, 10);
        (string Name, int Amount, int Stock)? neon = pair.Neon switch { "insert" => ("neon", 1, 1), "update" => ("neon", 10, 11), _ => null };
        (string Name, int Amount, int Stock)? supabase = pair.Supabase switch { "insert" => ("supabase", 2, 2), "update" => ("supabase", 15, 12), _ => null };
        var later = pair.IsNeonFirst ? supabase : neon;
        var outcome = policy switch
        {
            ConflictPolicy.LastWriterWins => later,
            ConflictPolicy.FirstWriterWins => pair.IsNeonFirst ? neon : supabase,
            ConflictPolicy.DeleteWins => neon is null || supabase is null ? null : pair.Supabase == "insert" && !IsNew(pair) ? supabase : later,
            ConflictPolicy.ColumnMerge or ConflictPolicy.Delta when pair is { Supabase: "insert", IsNeonFirst: true } && !IsNew(pair) => supabase,
            ConflictPolicy.ColumnMerge or ConflictPolicy.Delta => neon is not { } left || supabase is not { } right
                ? later
                : (later!.Value.Name,
                   left.Amount == ground?.Amount ? right.Amount : right.Amount == ground?.Amount ? left.Amount : later.Value.Amount,
                   policy is ConflictPolicy.Delta ? left.Stock + right.Stock - (ground?.Stock ?? 0) : later.Value.Stock),
            ConflictPolicy.Custom => supabase ?? neon,
            _ => neon,
        };
        return outcome is { } row ? string.Create(CultureInfo.InvariantCulture, $"{row.Name} {row.Amount} {row.Stock}") : "gone";
    }

    private static async Task<string[]> RowsAsync(Func<string, Task<object?>> ask, string table, string id, string name)
        => ((string)(await ask($"select string_agg(n || ': ' || coalesce({name} || ' ' || amount::integer || ' ' || stock, 'gone'), ';' order by n) from generate_series(0, {Cases.Length - 1}) n left join {table} on {id} = n"))!).Split(';');

    /// <summary>Has nobody carry the changes of these databases until it is let go.</summary>
    private static async Task HoldAsync(SyncPlace place, params Database[] sources)
    {
        await place.StopAsync();
        foreach (var source in sources)
        {
            await Other(place, source)("update dualdb.sync_positions set owner = gen_random_uuid(), expires_at = 'infinity'");
        }
    }

    private static async Task LetGoAsync(SyncPlace place, string arrival)
    {
        Database[] order = arrival switch { "Neon's first" => [Database.Neon, Database.Supabase], "Supabase's first" => [Database.Supabase, Database.Neon], _ => [] };
        await place.StartAsync(static options => options.PageSize = 7);
        foreach (var source in order)
        {
            await Other(place, source)("update dualdb.sync_positions set expires_at = '-infinity'");
            await place.Sync.WaitForSyncAsync(await place.Sync.TokenAsync(source), TimeSpan.FromSeconds(60));
        }

        if (order.Length == 0)
        {
            await place.SupabaseAsync("update dualdb.sync_positions set expires_at = '-infinity'");
            await place.NeonAsync("update dualdb.sync_positions set expires_at = '-infinity'");
        }
    }

    private static Func<string, Task<object?>> Other(SyncPlace place, Database source) => source == Database.Neon ? place.SupabaseAsync : place.NeonAsync;
}
