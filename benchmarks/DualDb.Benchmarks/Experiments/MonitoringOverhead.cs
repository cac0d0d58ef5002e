using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Monitoring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Activity = System.Diagnostics.Activity;
using ActivityIdFormat = System.Diagnostics.ActivityIdFormat;

namespace DualDb.Benchmarks.Experiments;

/// <summary>
/// One row by key in an application that is monitored, against the same application without: its services run during the blocks of the one, and are stopped before those of the other, with nothing observed. A block lasts some seconds, so
/// that each holds what comes at intervals: probes, figures every 5 seconds, alerts every 3.
/// </summary>
internal sealed class MonitoringOverhead : IExperiment
{
    private const int Calls = 80_000;
    private const int Callers = 4;
    private const int CallsOfRequest = 4;

    /// <summary>What starts or ends has come to rest then, before either side is measured.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public IReadOnlyList<string> Ids { get; } = ["monitoring_overhead"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        await using var services = new ServiceCollection().AddSingleton(db).AddDualDbMonitoring<ShopDb>().BuildServiceProvider();
        await services.GetRequiredService<DatabaseMonitoring>().InstallAsync(cancellationToken);
        var monitoring = new Switch(db, [.. services.GetServices<IHostedService>()]);
        try
        {
            var contest = new Contest(Calls, warmUp: TimeSpan.FromSeconds(5), duration: TimeSpan.FromSeconds(60), leastRounds: 9) { WarmUpRounds = 1 };
            var result = await contest.RunAsync(cancellationToken, Find("on", monitoring.OnAsync), Find("off", monitoring.OffAsync));
            return [new("monitoring_overhead", result.TimeRatio("on", "off")) { Note = Note.Both(result, "on", "off") }];
        }
        finally
        {
            await monitoring.OffAsync();
        }

        Contestant Find(string name, Func<Task> turn) => new Contestant(name, async (first, calls) =>
        {
            var request = Begin();
            for (var call = first; call < first + calls; call++)
            {
                if (call % CallsOfRequest == 0)
                {
                    // Reads in a loop are looked for within a request.
                    request.Stop();
                    request = Begin();
                }

                Expect.Found(await db.Orders.FindAsync(1 + (call * 7_919L % Laboratory.Orders)));
            }

            request.Stop();
        })
        {
            BeforeAsync = turn,
        }.With(Callers);
    }

    private static Activity Begin() => new Activity("GET").SetIdFormat(ActivityIdFormat.W3C).Start();

    /// <summary>Turns the monitoring of a root on and off, as a whole.</summary>
    private sealed class Switch(ShopDb db, IReadOnlyList<IHostedService> services)
    {
        private readonly (Diagnostics.Calls.ICallObserver? Neon, Diagnostics.Calls.ICallObserver? Supabase) _observers = (db.Neon.Observer, db.Supabase.Observer);
        private bool _isOn;

        public async Task OnAsync()
        {
            (db.Neon.Observer, db.Supabase.Observer) = _observers;
            if (!_isOn)
            {
                foreach (var service in services)
                {
                    await service.StartAsync(CancellationToken.None);
                }
            }

            _isOn = true;
            await Task.Delay(Rest);
        }

        public async Task OffAsync()
        {
            if (_isOn)
            {
                foreach (var service in services)
                {
                    await service.StopAsync(CancellationToken.None);
                }
            }

            _isOn = false;
            (db.Neon.Observer, db.Supabase.Observer) = (null, null);
            await Task.Delay(Rest);
        }
    }
}
