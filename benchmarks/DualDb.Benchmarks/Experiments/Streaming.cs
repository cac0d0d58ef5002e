using System.Globalization;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A million rows, one at a time: how much the process grows meanwhile.</summary>
/// <remarks>
/// Left alone, the collector lets garbage lie until a budget is used up that follows from the processor's cache, tens of megabytes, whatever the code does.
/// What streaming itself holds shows when garbage is collected often; the growth without that is in the note.
/// </remarks>
internal sealed class Streaming : IExperiment
{
    private const int Count = 1_000_000;
    private const int SampledEvery = 10_000;
    private const double Megabyte = 1_000_000;

    public IReadOnlyList<string> Ids { get; } = ["stream_mb"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        var db = laboratory.Db;
        await db.Neon.ExecuteAsync(
            $"insert into bench.readings (id, value, place, taken_at) select n, n / 8.0, 'Station ' || n % 100, timestamptz '2026-01-01' + n * interval '1 second' from generate_series(1, {Count}) as n",
            cancellationToken);
        await db.Neon.ExecuteAsync($"vacuum analyze bench.readings", cancellationToken);

        // What the first rows bring once and for all (code, buffers) is no growth.
        await PeakAsync(laboratory, limit: 50_000, collects: true, cancellationToken);
        var statements = await Statements.CountAsync(() => PeakAsync(laboratory, limit: 1, collects: true, cancellationToken));
        var before = Settled();
        var peak = await PeakAsync(laboratory, Count, collects: true, cancellationToken);
        var leftAlone = await PeakAsync(laboratory, Count, collects: false, cancellationToken);
        await db.Neon.ExecuteAsync($"truncate bench.readings", cancellationToken);
        return
        [
            new("stream_mb", Math.Max(0, peak - before) / Megabyte)
            {
                Statements = statements,
                Note = string.Create(
                    CultureInfo.InvariantCulture,
                    $"resident memory from {before / Megabyte:0} MB to at most {peak / Megabyte:0} MB; to {leftAlone / Megabyte:0} MB with the collector left alone"),
            },
        ];
    }

    private static async Task<long> PeakAsync(Laboratory laboratory, int limit, bool collects, CancellationToken cancellationToken)
    {
        var rows = 0;
        var peak = Environment.WorkingSet;
        await foreach (var reading in laboratory.Db.Readings.StreamAsync(cancellationToken))
        {
            if (reading.Id != ++rows)
            {
                throw new InvalidDataException($"Row {rows} has the key {reading.Id}.");
            }

            if (rows % SampledEvery == 0)
            {
                // Before the collection, so that its garbage counts.
                peak = Math.Max(peak, Environment.WorkingSet);
                if (collects)
                {
                    GC.Collect();
                }
            }

            if (rows == limit)
            {
                break;
            }
        }

        return peak;
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return Environment.WorkingSet;
    }
}
