using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A hundred users and their orders from two distant databases, and the loop that one would write without views.</summary>
internal sealed class ViewOfHundred : IExperiment
{
    private const int Users = 100;
    private const int OrdersOfAll = Users * Laboratory.Orders / Rows.Profiles;

    private static readonly Guid[] UserIds = [.. Enumerable.Range(0, Users).Select(static index => Rows.UserId(index * 7 % Rows.Profiles))];

    public IReadOnlyList<string> Ids { get; } = ["view100", "view100_naive"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var distant = await DistantShop.OpenAsync(laboratory, cancellationToken);
        var db = distant.Db;
        var view = new Contestant("view", async (_, _) => Expect.Count(OrdersOfAll, (await db.OrderHistories.ListAsync(UserIds)).Sum(static history => history.Orders.Count)));

        var contest = new Contest(calls: 1, warmUp: TimeSpan.FromSeconds(4), duration: TimeSpan.FromSeconds(8), leastRounds: 31);
        var result = await contest.RunAsync(
            cancellationToken,
            view,
            new Contestant("supabase", async (_, _) => Expect.Count(Users, (await db.Profiles.FindManyAsync(UserIds)).Count)),
            new Contestant("neon", async (_, _) => Expect.Count(OrdersOfAll, (await db.Orders.ListByUserIdsAsync(UserIds)).Sum(static orders => orders.Count()))));

        // Each run of the loop takes seconds, and nothing about it is close.
        var naive = await new Contest(calls: 1, warmUp: TimeSpan.Zero, duration: TimeSpan.Zero, leastRounds: 3) { WarmUpRounds = 0 }.RunAsync(
            cancellationToken,
            view,
            new Contestant("loop", (_, _) => LoopAsync()));

        var slower = Slower.Of(result, "supabase", "neon");
        var statements = await Statements.CountAsync(() => db.OrderHistories.ListAsync(UserIds, cancellationToken));
        var inTheLoop = await Statements.CountAsync(LoopAsync);
        return
        [
            new("view100", result.TimeRatio("view", slower)) { Statements = statements, Note = Note.Times(result, "view", slower) },
            new("view100_naive", naive.TimeRatio("loop", "view")) { Statements = inTheLoop, Note = Note.Times(naive, "loop", "view") },
        ];

        async Task LoopAsync()
        {
            var orders = 0;
            foreach (var id in UserIds)
            {
                Expect.Found(await db.Profiles.FindAsync(id));
                orders += (await db.Orders.ListByUserIdAsync(id)).Count;
            }

            Expect.Count(OrdersOfAll, orders);
        }
    }
}
