using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>One user and their orders from two distant databases.</summary>
internal sealed class ViewOfOne : IExperiment
{
    private const int OrdersOfOne = Laboratory.Orders / Rows.Profiles;

    public IReadOnlyList<string> Ids { get; } = ["view1"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var distant = await DistantShop.OpenAsync(laboratory, cancellationToken);
        var db = distant.Db;
        var contest = new Contest(calls: 5, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(8), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            Repeat("view", async call => Expect.Count(OrdersOfOne, (await db.OrderHistories.GetAsync(User(call))).Orders.Count)),
            Repeat("supabase", async call => Expect.Found(await db.Profiles.FindAsync(User(call)))),
            Repeat("neon", async call => Expect.Count(OrdersOfOne, (await db.Orders.ListByUserIdAsync(User(call))).Count)));

        var slower = Slower.Of(result, "supabase", "neon");
        var statements = await Statements.CountAsync(async () => await db.OrderHistories.GetAsync(User(0), cancellationToken));
        return [new("view1", result.TimeRatio("view", slower)) { Statements = statements, Note = Note.Times(result, "view", slower) }];
    }

    private static Guid User(int call) => Rows.UserId(call * 13 % Rows.Profiles);

    private static Contestant Repeat(string name, Func<int, Task> callAsync) => new(name, async (first, calls) =>
    {
        for (var call = first; call < first + calls; call++)
        {
            await callAsync(call);
        }
    });
}
