using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A hundred thousand new rows that carry their keys, into an empty table.</summary>
internal sealed class HundredThousandInserts : IExperiment
{
    private const int Count = 100_000;

    public IReadOnlyList<string> Ids { get; } = ["insert100k_copy"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, source) = (laboratory.Db, laboratory.Source);
        var rows = Rows.NewParcels(Count);
        Task EmptyAsync() => db.Neon.ExecuteAsync($"truncate bench.parcels", cancellationToken);

        var contest = new Contest(calls: 1, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(20), leastRounds: 11);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", (_, _) => db.Parcels.InsertManyAsync(rows), EmptyAsync),
            new Contestant("npgsql", (_, _) => HandWritten.CopyAsync(source, rows), EmptyAsync));
        await EmptyAsync();
        return [new("insert100k_copy", result.TimeRatio("sdk", "npgsql")) { Note = Note.Both(result, "sdk", "npgsql") }];
    }
}
