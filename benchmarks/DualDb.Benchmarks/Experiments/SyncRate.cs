using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using Npgsql;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A backlog of changes: one node against a copy of the log written by hand, by turns.</summary>
internal sealed class SyncRate : IExperiment
{
    private const int Rows = 20_000;
    private const int Rounds = 5;

    public IReadOnlyList<string> Ids { get; } = ["sync_rate"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await FollowedRows.PrepareAsync(laboratory, cancellationToken);
        await using var neon = NpgsqlDataSource.Create(laboratory.Servers.Neon.ConnectionString);
        await using var supabase = NpgsqlDataSource.Create(laboratory.Servers.Supabase.ConnectionString);
        await laboratory.Db.Supabase.ExecuteAsync($"create table if not exists bench.copied (like bench.followed including indexes)", cancellationToken);
        var (node, hand) = (new double[Rounds], new double[Rounds]);
        for (var round = -1; round < Rounds; round++)
        {
            var first = 100_000_000 + ((round + 1) * (long)Rows);
            await FollowedRows.FillAsync(laboratory.Db, first, Rows, cancellationToken);
            var byHand = await HandAsync(neon, supabase, first, cancellationToken);
            var byNode = await NodeAsync(laboratory, cancellationToken);
            if (round >= 0)
            {
                (node[round], hand[round]) = (byNode, byHand);
            }
        }

        await laboratory.Db.Supabase.ExecuteAsync($"drop table bench.copied", cancellationToken);
        await laboratory.Db.Neon.ExecuteAsync($"delete from bench.followed", cancellationToken);
        var ratio = Statistics.Median([.. node.Zip(hand, static (one, other) => one / other)]);
        return [new("sync_rate", ratio) { Note = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(node):#,0} / {Statistics.Median(hand):#,0} rows per second") }];
    }

    private static async Task<double> NodeAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await using var node = SyncNode.Create(laboratory.Servers.Neon.ConnectionString, laboratory.Servers.Supabase.ConnectionString);
        var token = await node.Db.Sync.TokenAsync(Database.Neon, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        await node.StartAsync(cancellationToken);
        await node.Db.Sync.WaitForSyncAsync(token, TimeSpan.FromMinutes(2), cancellationToken);
        return Rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> HandAsync(NpgsqlDataSource neon, NpgsqlDataSource supabase, long first, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        Expect.Count(Rows, await new LogCopy(neon, supabase).RunAsync(first, cancellationToken));
        return Rows / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
