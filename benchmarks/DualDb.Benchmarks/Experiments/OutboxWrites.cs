using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Events;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A row and an event in one transaction, against the row alone in one.</summary>
internal sealed class OutboxWrites : IExperiment
{
    private const int Calls = 200;
    private const int Callers = 4;

    public IReadOnlyList<string> Ids { get; } = ["outbox_write"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        await db.Events.InstallAsync(cancellationToken);
        var rows = Rows.NewActivities(Calls);
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(12), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            Repeat("event", (call, transaction) => transaction.Publish(new Happened(call, rows[call % Calls].UserId), key: rows[call % Calls].UserId)),
            Repeat("alone", static (_, _) => { }));

        await db.Neon.ExecuteAsync($"truncate bench.activities, dualdb.outbox", cancellationToken);
        return [new("outbox_write", result.TimeRatio("event", "alone")) { Note = Note.Both(result, "event", "alone") }];

        Contestant Repeat(string name, Action<int, NeonTransaction> publish) => new Contestant(name, async (first, calls) =>
        {
            for (var call = first; call < first + calls; call++)
            {
                await using var transaction = await db.BeginNeonAsync();
                await db.Activities.InsertAsync(rows[call % Calls], transaction);
                publish(call, transaction);
                await transaction.CommitAsync();
            }
        }).With(Callers);
    }
}
