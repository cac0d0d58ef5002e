using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Testing;

namespace DualDb.Benchmarks.Experiments;

/// <summary>One user over REST and their orders over SQL, both distant.</summary>
internal sealed class ViewOverRest : IExperiment
{
    private const int OrdersOfOne = Laboratory.Orders / Rows.Profiles;

    public IReadOnlyList<string> Ids { get; } = ["view_rest"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var api = await LocalSupabase.StartAsync(
            options =>
            {
                options.ConnectionString = laboratory.Servers.Supabase.ConnectionString;
                options.Schemas.Add("bench");
            },
            cancellationToken);
        await using var distant = await DistantShop.OpenRestAsync(laboratory, api, cancellationToken);
        var db = distant.Db;
        var contest = new Contest(calls: 5, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(8), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            Repeat("view", async call => Expect.Count(OrdersOfOne, (await db.OrderHistories.GetAsync(User(call))).Orders.Count)),
            Repeat("rest", async call => Expect.Found(await db.Profiles.FindAsync(User(call)))),
            Repeat("sql", async call => Expect.Count(OrdersOfOne, (await db.Orders.ListByUserIdAsync(User(call))).Count)));

        var slower = Slower.Of(result, "rest", "sql");
        return [new("view_rest", result.TimeRatio("view", slower)) { Note = Note.Times(result, "view", slower) }];
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
