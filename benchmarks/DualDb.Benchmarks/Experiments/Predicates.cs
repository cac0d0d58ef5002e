using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Benchmarks.Experiments;

/// <summary>From a condition to a command that could be sent, above writing the command by hand. Nothing is sent.</summary>
internal sealed class Predicates : IExperiment
{
    private const int Calls = 5_000;

    private const string ByHand =
        """
        select id, user_id, status, total, weight, note, placed_at, items
        from bench.orders
        where status = $1 and total > $2 and placed_at >= $3
        """;

    private static readonly DateTime Since = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public IReadOnlyList<string> Ids { get; } = ["predicate_us", "predicate_bytes"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(5), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("sdk", (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Render(db, call % 100);
                }

                return Task.CompletedTask;
            }),
            new Contestant("npgsql", static (first, calls) =>
            {
                for (var call = first; call < first + calls; call++)
                {
                    Write(call % 100);
                }

                return Task.CompletedTask;
            }));

        return
        [
            new("predicate_us", result.MicrosecondsAbove("sdk", "npgsql")) { Note = Note.Times(result, "sdk", "npgsql") },
            new("predicate_bytes", result.BytesAbove("sdk", "npgsql")) { Note = Note.Bytes(result, "sdk", "npgsql") },
        ];
    }

    private static void Render(ShopDb db, decimal least)
    {
        var text = db.Orders.Where(o => o.Status == OrderStatus.Paid && o.Total > least && o.PlacedAt >= Since).Selected();
        using var command = new NpgsqlCommand(text.Sql);
        text.Bind(command.Parameters);
        Expect.Count(3, command.Parameters.Count);
    }

    private static void Write(decimal least)
    {
        using var command = new NpgsqlCommand(ByHand);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = (int)OrderStatus.Paid, NpgsqlDbType = NpgsqlDbType.Integer });
        command.Parameters.Add(new NpgsqlParameter<decimal> { TypedValue = least, NpgsqlDbType = NpgsqlDbType.Numeric });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Since, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        Expect.Count(3, command.Parameters.Count);
    }
}
