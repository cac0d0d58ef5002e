using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>The processor time of an application at rest while 50 dashboards are open, above that while none is. Those who look are a process of their own, so that their reading is not counted.</summary>
internal sealed class DashboardViewers : IExperiment
{
    private const int Viewers = 50;
    private const int Rounds = 4;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(8);

    public IReadOnlyList<string> Ids { get; } = ["dashboard_viewers"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var app = await DashboardSite.OpenAsync(laboratory, cancellationToken);
        var (none, many) = (new List<double>(), new List<double>());

        // The first round lets the compiler settle.
        for (var round = 0; round <= Rounds; round++)
        {
            var before = await ShareAsync(cancellationToken);
            await using var viewers = await ViewerProcess.StartAsync(app.Address, Viewers, cancellationToken);
            var meanwhile = await ShareAsync(cancellationToken);
            if (round > 0)
            {
                none.Add(before);
                many.Add(meanwhile);
            }
        }

        return
        [
            new("dashboard_viewers", Statistics.Median([.. many.Zip(none, static (with, without) => with - without)]))
            {
                Note = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(many) * 100:0.0} % / {Statistics.Median(none) * 100:0.0} % of a core, over {Span.TotalSeconds:0} s each"),
            },
        ];
    }

    private static async Task<double> ShareAsync(CancellationToken cancellationToken)
    {
        using var process = Process.GetCurrentProcess();
        var (used, began) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        await Task.Delay(Span, cancellationToken);
        process.Refresh();
        return (process.TotalProcessorTime - used) / Stopwatch.GetElapsedTime(began);
    }
}
