using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;

namespace DualDb.Benchmarks.Experiments;

/// <summary>Three levels, each of which needs the rows of the one before, in both distant databases.</summary>
internal sealed class ViewOfThreeLevels : IExperiment
{
    private const int Levels = 3;
    private const int Rows = 50;

    public IReadOnlyList<string> Ids { get; } = ["view3"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await FillAsync(laboratory.Db, cancellationToken);
        await using var distant = await DistantShop.OpenAsync(laboratory, cancellationToken);
        var db = distant.Db;
        var contest = new Contest(calls: 1, warmUp: TimeSpan.FromSeconds(3), duration: TimeSpan.FromSeconds(8), leastRounds: 21);
        var result = await contest.RunAsync(
            cancellationToken,
            new Contestant("view", async (first, _) => Expect.Found((await db.DeliveryDetails.GetAsync(Key(first))).Driver.Name)),
            new Contestant("round trip", async (first, _) => Expect.Found(await db.Deliveries.FindAsync(Key(first)))));

        var statements = await Statements.CountAsync(async () => await db.DeliveryDetails.GetAsync(1, cancellationToken));
        return
        [
            new("view3", result.TimeRatio("view", "round trip") / Levels)
            {
                Statements = statements,
                Note = $"{Note.Time(result.Microseconds("view"))} / {Levels} × {Note.Time(result.Microseconds("round trip"))}",
            },
        ];
    }

    private static async Task FillAsync(ShopDb db, CancellationToken cancellationToken)
    {
        var keys = Enumerable.Range(1, Rows).Select(static number => (long)number).ToArray();
        await db.Drivers.InsertManyAsync([.. keys.Select(static key => new Driver(key, "Driver"))], cancellationToken);
        await db.Regions.InsertManyAsync([.. keys.Select(static key => new Region(key, "Region"))], cancellationToken);
        await db.Routes.InsertManyAsync([.. keys.Select(static key => new Route(key, key, "Route"))], cancellationToken);
        await db.Customers.InsertManyAsync([.. keys.Select(static key => new Customer(key, key, "Customer"))], cancellationToken);
        await db.Deliveries.InsertManyAsync([.. keys.Select(static key => new Delivery(key, key, key))], cancellationToken);
        await db.Signatures.InsertManyAsync([.. keys.Select(static key => new Signature(key, "Customer"))], cancellationToken);
    }

    private static long Key(int call) => 1 + (call % Rows);
}
