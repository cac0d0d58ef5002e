using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>Twenty rows by their keys.</summary>
internal sealed class TwentyKeys : IExperiment
{
    private const int Keys = 20;
    private const int Calls = 50;

    public IReadOnlyList<string> Ids { get; } = ["keys20"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, source) = (laboratory.Db, laboratory.Source);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(10), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Count(Keys, (await db.Orders.FindManyAsync(KeysOf(call))).Count);
                }
            }),
            new Contestant("npgsql", async (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Expect.Count(Keys, (await HandWritten.FindManyAsync(source, KeysOf(call))).Count);
                }
            }));

        var statements = await Statements.CountAsync(() => db.Orders.FindManyAsync(KeysOf(0), cancellationToken));
        return [new("keys20", result.TimeRatio("sdk", "npgsql")) { Statements = statements, Note = Note.Both(result, "sdk", "npgsql") }];
    }

    private static long[] KeysOf(int call)
    {
        var keys = new long[Keys];
        for (var index = 0; index < Keys; index++)
        {
            keys[index] = 1 + (((call * 31L) + (index * 487L)) % Laboratory.Orders);
        }

        return keys;
    }
}
