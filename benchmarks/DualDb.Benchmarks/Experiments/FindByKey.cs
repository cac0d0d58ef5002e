using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>One row by key, asked for by several callers at once.</summary>
internal sealed class FindByKey : IExperiment
{
    private const int Calls = 200;
    private const int Callers = 4;

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
            }).With(Callers),
            new Contestant("npgsql", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await HandWritten.FindAsync(source, Key(call)));
                }
            }).With(Callers),
            new Contestant("npgsql default", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await HandWritten.FindAsync(defaults, Key(call)));
                }
            }).With(Callers),
            new Contestant("dapper", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await WithDapper.FindAsync(source, Key(call)));
                }
            }).With(Callers),
            new Contestant("ef", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Found(await EfShop.FindAsync(ef, Key(call)));
                }
            }).With(Callers));

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
