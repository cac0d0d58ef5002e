using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>The first 1,000 rows in the order of their keys, asked for by several callers at once.</summary>
internal sealed class ThousandRows : IExperiment
{
    private const int Rows = 1_000;
    private const int Calls = 24;
    private const int Callers = 4;

    public IReadOnlyList<string> Ids { get; } = ["rows_time", "rows_alloc", "rows_dapper", "rows_ef"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var (db, source, ef) = (laboratory.Db, laboratory.Source, laboratory.Ef);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(20), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Rows, (await db.Orders.ListAsync(Rows)).Count);
                }
            }).With(Callers),
            new Contestant("npgsql", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Rows, (await HandWritten.ListAsync(source, Rows)).Count);
                }
            }).With(Callers),
            new Contestant("dapper", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Rows, (await WithDapper.ListAsync(source, Rows)).Count);
                }
            }).With(Callers),
            new Contestant("ef", async (_, calls) =>
            {
                for (var call = 0; call < calls; call++)
                {
                    Expect.Count(Rows, (await EfShop.ListAsync(ef, Rows)).Count);
                }
            }).With(Callers));

        var statements = await Statements.CountAsync(() => db.Orders.ListAsync(Rows, cancellationToken));
        return
        [
            new("rows_time", result.TimeRatio("sdk", "npgsql")) { Statements = statements, Note = Note.Times(result, "sdk", "npgsql") },
            new("rows_alloc", result.ByteRatio("sdk", "npgsql")) { Note = Note.Bytes(result, "sdk", "npgsql") },
            new("rows_dapper", result.TimeRatio("sdk", "dapper")) { Note = Note.Both(result, "sdk", "dapper") },
            new("rows_ef", result.TimeRatio("sdk", "ef")) { Note = Note.Both(result, "sdk", "ef") },
        ];
    }
}
