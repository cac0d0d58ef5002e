using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Competitors;
using DualDb.Benchmarks.Measuring;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using Npgsql;

namespace DualDb.Benchmarks.Experiments;

/// <summary>A backlog of events, each with an effect in the other database: one node against a loop written by hand, by turns.</summary>
internal sealed class OutboxRate : IExperiment
{
    private const int Events = 5_000;
    private const int Rounds = 5;

    public IReadOnlyList<string> Ids { get; } = ["outbox_rate"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await laboratory.Db.Events.InstallAsync(cancellationToken);
        await using var neon = NpgsqlDataSource.Create(laboratory.Servers.Neon.ConnectionString);
        await using var supabase = NpgsqlDataSource.Create(laboratory.Servers.Supabase.ConnectionString);
        var (node, hand) = (new double[Rounds], new double[Rounds]);
        for (var round = -1; round < Rounds; round++)
        {
            var byNode = await NodeAsync(laboratory, cancellationToken);
            var byHand = await HandAsync(laboratory, neon, supabase, cancellationToken);
            if (round >= 0)
            {
                (node[round], hand[round]) = (byNode, byHand);
            }
        }

        var ratio = Statistics.Median([.. node.Zip(hand, static (one, other) => one / other)]);
        return [new("outbox_rate", ratio) { Note = string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(node):#,0} / {Statistics.Median(hand):#,0} events per second") }];
    }

    private static async Task<double> NodeAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await FillAsync(laboratory, cancellationToken);
        await using var node = DispatchingNode.Create(laboratory);
        var began = Stopwatch.GetTimestamp();
        await node.StartAsync(cancellationToken);
        while (await laboratory.Db.Neon.ExecuteScalarAsync<long>($"select count(*) from (select from dualdb.outbox where handled_at is null limit 1) left_over", cancellationToken) > 0)
        {
            await Task.Delay(10, cancellationToken);
        }

        return Events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> HandAsync(Laboratory laboratory, NpgsqlDataSource neon, NpgsqlDataSource supabase, CancellationToken cancellationToken)
    {
        await FillAsync(laboratory, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        Expect.Count(Events, await new SkipLockedLoop(neon, supabase).RunAsync(cancellationToken));
        return Events / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task FillAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await laboratory.Db.Neon.ExecuteAsync($"truncate dualdb.outbox, dualdb.outbox_deliveries", cancellationToken);
        await laboratory.Db.Supabase.ExecuteAsync($"truncate dualdb.inbox, bench.effects", cancellationToken);
        await laboratory.Db.Neon.ExecuteAsync(
            $"""
            insert into dualdb.outbox (event_id, name, version, slot, key, payload)
            select gen_random_uuid(), 'bench.happened', 1, n & 63, 'key ' || n % 500, json_build_object('number', n, 'userId', gen_random_uuid())
            from generate_series(1, {Events}) n
            """,
            cancellationToken);
    }
}
