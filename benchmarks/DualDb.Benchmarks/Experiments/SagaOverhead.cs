using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A saga of three steps in both databases, against the same three statements in bare transactions.</summary>
internal sealed class SagaOverhead : IExperiment
{
    private const int Calls = 100;
    private const int Callers = 4;

    public IReadOnlyList<string> Ids { get; } = ["saga_overhead"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        await db.Sagas.InstallAsync(cancellationToken);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(12), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            Repeat("saga", number => db.Sagas.Placing.RunAsync(Guid.NewGuid(), new Placing(number))),
            Repeat("bare", number => PlacingSaga.RunBareAsync(db, number)));

        await db.Neon.ExecuteAsync($"truncate bench.activities, dualdb.sagas, dualdb.saga_steps, dualdb.saga_results, dualdb.saga_fences", cancellationToken);
        await db.Supabase.ExecuteAsync($"truncate bench.effects, dualdb.saga_results, dualdb.saga_fences", cancellationToken);
        return [new("saga_overhead", result.TimeRatio("saga", "bare")) { Note = Note.Both(result, "saga", "bare") }];
    }

    private static Contestant Repeat(string name, Func<int, Task> call) => new Contestant(name, async (first, calls) =>
    {
        for (var number = first; number < first + calls; number++)
        {
            await call(number);
        }
    }).With(Callers);
}
