using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>One row by key.</summary>
internal sealed class FindByKey : IExperiment
{
    private const int Calls = 100;

    public IReadOnlyList<string> Ids { get; } = ["key_time", "key_alloc", "key_dapper", "key_ef", "key_default"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, source, defaults, ef) = (laboratory.Db, laboratory.Source, laboratory.DefaultSource, laboratory.Ef);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(20), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await db.Orders.FindAsync(Key(call)));
                }
            }),
            new Contestant("npgsql", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await HandWritten.FindAsync(source, Key(call)));
                }
            }),
            new Contestant("npgsql default", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await HandWritten.FindAsync(defaults, Key(call)));
                }
            }),
            new Contestant("dapper", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await WithDapper.FindAsync(source, Key(call)));
                }
            }),
            new Contestant("ef", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await EfShop.FindAsync(ef, Key(call)));
                }
            }));

        var statements = await Statements.CountAsync(async () => await db.Orders.FindAsync(1, cancellationToken));
        return
        [
            new("key_time", result.TimeRatio("sdk", "npgsql")) { Statements = statements, Note = Note.Times(result, "sdk", "npgsql") },
            new("key_alloc", result.ByteRatio("sdk", "npgsql")) { Note = Note.Bytes(result, "sdk", "npgsql") },
            new("key_dapper", result.TimeRatio("sdk", "dapper")) { Note = Note.Both(result, "sdk", "dapper") },
            new("key_ef", result.TimeRatio("sdk", "ef")) { Note = Note.Both(result, "sdk", "ef") },
            new("key_default", result.TimeRatio("sdk", "npgsql default")) { Note = Note.Times(result, "sdk", "npgsql default") },
        ];
    }

    // Strides through the table, so that consecutive calls do not meet the same page; the same keys for everyone.
    private static long Key(int call) => 1 + (call * 7_919L % Laboratory.Orders);
}
