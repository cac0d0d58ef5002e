using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Monitoring;
using DualDb.Diagnostics.Calls;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// One row by key, measured by the monitoring, against the same unmeasured: the same root and connections, by turns. What runs in the background (probes, figures every 5 seconds, alerts every 3) goes on all the time.
/// </summary>
internal sealed class MonitoringOverhead : IExperiment
{
    private const int Calls = 400;
    private const int Callers = 4;

    public IReadOnlyList<string> Ids { get; } = ["monitoring_overhead"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        await using var services = new ServiceCollection().AddSingleton(db).AddDualDbMonitoring<ShopDb>().BuildServiceProvider();
        var monitoring = services.GetRequiredService<DatabaseMonitoring>();
        await monitoring.InstallAsync(cancellationToken);
        var running = services.GetServices<IHostedService>().ToList();
        foreach (var service in running)
        {
            await service.StartAsync(cancellationToken);
        }

        var observer = db.Neon.Observer!;
        try
        {
            var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(25), leastRounds: 41);
            var result = await contest.RunAsync(cancellationToken, Find("measured", observer), Find("unmeasured", observer: null));
            return [new("monitoring_overhead", result.TimeRatio("measured", "unmeasured")) { Note = Note.Both(result, "measured", "unmeasured") }];
        }
        finally
        {
            foreach (var service in running)
            {
                await service.StopAsync(CancellationToken.None);
            }

            (db.Neon.Observer, db.Supabase.Observer) = (null, null);
        }

        Contestant Find(string name, ICallObserver? observer) => new Contestant(name, async (first, calls) =>
        {
            for (var call = first; call < first + calls; call++)
            {
                Expect.Found(await db.Orders.FindAsync(1 + (call * 7_919L % Laboratory.Orders)));
            }
        })
        {
            BeforeAsync = () =>
            {
                db.Neon.Observer = observer;
                return Task.CompletedTask;
            },
        }.With(Callers);
    }
}
