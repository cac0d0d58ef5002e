using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// A thousand new rows whose keys the database makes, written by several callers at once. Both sides hand the keys back: the SDK in new rows, EF Core in
/// the tracked ones.
/// </summary>
internal sealed class ThousandInserts : IExperiment
{
    private const int Count = 1_000;
    private const int Callers = 4;

    public IReadOnlyList<string> Ids { get; } = ["insert1k_ef"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, ef) = (laboratory.Db, laboratory.Ef);
        var rows = Rows.NewActivities(Count);

        // EF Core writes the keys into the objects that it is given, so that each call of it needs new ones.
        var fresh = new Activity[Callers][];
        Task RenewAsync()
        {
            for (var caller = 0; caller < Callers; caller++)
            {
                fresh[caller] = Rows.NewActivities(Count);
            }

            return Task.CompletedTask;
        }

        var contest = new Contest(Callers, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(20), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (_, _) => Expect.Count(Count, (await db.Activities.InsertManyAsync(rows)).Count)).With(Callers),
            new Contestant("ef", (call, _) => EfShop.InsertAsync(ef, fresh[call % Callers]), RenewAsync).With(Callers));

        var statements = await Statements.CountAsync(() => db.Activities.InsertManyAsync(rows, cancellationToken));
        await db.Neon.ExecuteAsync($"truncate bench.activities", cancellationToken);
        return [new("insert1k_ef", result.TimeRatio("sdk", "ef")) { Statements = statements, Note = Note.Both(result, "sdk", "ef") }];
    }
}
