using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using Microsoft.Extensions.Caching.Memory;

namespace DualDb.Benchmarks.Experiments;

/// <summary>What is in memory: a row, and a view, against a look into a memory cache with a key that is there already.</summary>
internal sealed class CacheHits : IExperiment
{
    private const int Calls = 20_000;
    private const int Entries = 1_000;

    public IReadOnlyList<string> Ids { get; } = ["l1_time", "l1_bytes", "view_hit"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        var users = (await db.Profiles.ListAsync(100, cancellationToken)).Select(static user => user.Id).ToArray();
        using var memory = new MemoryCache(new MemoryCacheOptions());
        var keys = Enumerable.Range(1, Entries).Select(static id => id.ToString(CultureInfo.InvariantCulture)).ToArray();
        for (var id = 1; id <= Entries; id++)
        {
            memory.Set(keys[id - 1], await db.CachedOrders.GetAsync(id, cancellationToken), TimeSpan.FromHours(1));
        }

        foreach (var user in users)
        {
            await db.CachedHistories.GetAsync(user, cancellationToken);
        }

        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(5), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await db.CachedOrders.FindAsync(1 + (call % Entries), CancellationToken.None));
                }
            }),
            new Contestant("view", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await db.CachedHistories.FindAsync(users[call % users.Length], CancellationToken.None));
                }
            }),
            new Contestant("memory cache", (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(memory.TryGetValue(keys[call % Entries], out var row) ? row : null);
                }

                return Task.CompletedTask;
            }));
        return
        [
            new("l1_time", result.TimeRatio("sdk", "memory cache")) { Note = Note.Times(result, "sdk", "memory cache") },
            new("l1_bytes", Math.Round(result.BytesPerCall("sdk"), 1)) { Note = Note.Bytes(result, "sdk", "memory cache") },
            new("view_hit", result.TimeRatio("view", "sdk")) { Note = Note.Times(result, "view", "sdk") },
        ];
    }
}
