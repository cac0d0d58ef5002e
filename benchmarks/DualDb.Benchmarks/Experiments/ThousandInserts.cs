using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A thousand new rows whose keys the database makes. Both sides hand the keys back: the SDK in new rows, EF Core in the tracked ones.</summary>
internal sealed class ThousandInserts : IExperiment
{
    private const int Count = 1_000;

    public IReadOnlyList<string> Ids { get; } = ["insert1k_ef"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, ef) = (laboratory.Db, laboratory.Ef);
        var rows = Rows.NewActivities(Count);

        // EF Core writes the keys into the objects that it is given, so that each call of it needs new ones.
        var fresh = rows;
        Task RenewAsync()
        {
            fresh = Rows.NewActivities(Count);
            return Task.CompletedTask;
        }

        var contest = new Contest(calls: 1, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(15), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", (_, _) => db.Activities.InsertManyAsync(rows)),
            new Contestant("ef", (_, _) => EfShop.InsertAsync(ef, fresh), RenewAsync));

        var statements = await Statements.CountAsync(() => db.Activities.InsertManyAsync(rows, cancellationToken));
        await db.Neon.ExecuteAsync($"truncate bench.activities", cancellationToken);
        return [new("insert1k_ef", result.TimeRatio("sdk", "ef")) { Statements = statements, Note = Note.Both(result, "sdk", "ef") }];
    }
}
