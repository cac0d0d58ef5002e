using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Testing;
using Npgsql;

namespace DualDb.Benchmarks.Experiments;

/// <summary>From the end of a commit in one database until its row can be read in the other, at three rates of writing and two distances of the node from both.</summary>
internal sealed class SyncLag : IExperiment
{
    private static readonly (int PerSecond, int Distance)[] Conditions = [(10, 0), (10, 30), (100, 0), (100, 30), (1000, 0), (1000, 30)];
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    public IReadOnlyList<string> Ids { get; } = ["sync_p99_ms"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await FollowedRows.PrepareAsync(laboratory, cancellationToken);
        var (worst, notes, first) = (0.0, new List<string>(), 1_000_000L);
        foreach (var (perSecond, distance) in Conditions)
        {
            var times = await MeasureAsync(laboratory, first, perSecond, distance, cancellationToken);
            first += 1_000_000;
            var (half, late) = (times[times.Length / 2], times[times.Length * 99 / 100]);
            worst = Math.Max(worst, late);
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{times.Length / Duration.TotalSeconds:0}/s at {distance} ms: {half:0}/{late:0}"));
        }

        await laboratory.Db.Neon.ExecuteAsync($"delete from bench.followed", cancellationToken);
        return [new("sync_p99_ms", worst) { Note = "half/99 of 100 in ms: " + string.Join(", ", notes) }];
    }

    private static async Task<double[]> MeasureAsync(Laboratory laboratory, long first, int perSecond, int distance, CancellationToken cancellationToken)
    {
        var servers = laboratory.Servers;
        await using var neon = await LatencyProxy.StartAsync(servers.Neon.Host, servers.Neon.Port, cancellationToken: cancellationToken);
        await using var supabase = await LatencyProxy.StartAsync(servers.Supabase.Host, servers.Supabase.Port, cancellationToken: cancellationToken);
        neon.Delay = supabase.Delay = TimeSpan.FromMilliseconds(distance);
        await using var node = SyncNode.Create(neon.Rewrite(servers.Neon.ConnectionString), supabase.Rewrite(servers.Supabase.ConnectionString));
        await node.StartAsync(cancellationToken);
        await FollowedRows.InsertAsync(laboratory.Db, first - 1, cancellationToken);
        await node.Db.Sync.WaitForSyncAsync(await laboratory.Db.Sync.TokenAsync(Database.Neon, cancellationToken), TimeSpan.FromMinutes(1), cancellationToken);

        var written = new long[(int)(perSecond * Duration.TotalSeconds)];
        var watching = WatchAsync(servers.Supabase.ConnectionString, first, written.Length, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < written.Length; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / perSecond) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(1))
            {
                await Task.Delay(due, cancellationToken);
            }

            await FollowedRows.InsertAsync(laboratory.Db, first + number, cancellationToken);
            written[number] = Stopwatch.GetTimestamp();
        }

        var seen = await watching;
        return [.. written.Zip(seen, static (write, read) => Math.Max(0, Stopwatch.GetElapsedTime(write, read).TotalMilliseconds)).Order()];
    }

    // One writer, so that rows become visible in the order of their keys.
    private static async Task<long[]> WatchAsync(string target, long first, int count, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(target);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select coalesce(max(id), 0) from bench.followed where id >= $1 and id < $2", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = first + count });
        var seen = new long[count];
        for (var found = 0; found < count;)
        {
            var last = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            for (var now = Stopwatch.GetTimestamp(); found < last - first + 1; found++)
            {
                seen[found] = now;
            }

            await Task.Delay(2, cancellationToken);
        }

        return seen;
    }
}
