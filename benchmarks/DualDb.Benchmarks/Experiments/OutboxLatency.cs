using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DualDb.Benchmarks.Scorecard;
using DualDb.Benchmarks.Setup;
using DualDb.Benchmarks.Shop;
using DualDb.Consistency.Events;

namespace DualDb.Benchmarks.Experiments;

/// <summary>From the end of a commit until the effect in the other database is committed and the event marked, at a hundred events per second.</summary>
internal sealed class OutboxLatency : IExperiment
{
    private const int WarmUp = 200;
    private const int Events = 1_000;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public IReadOnlyList<string> Ids { get; } = ["outbox_p99_ms"];

    public async Task<IReadOnlyList<Finding>> RunAsync(Laboratory laboratory, CancellationToken cancellationToken)
    {
        await laboratory.Db.Events.InstallAsync(cancellationToken);
        await laboratory.Db.Neon.ExecuteAsync($"truncate dualdb.outbox, dualdb.outbox_deliveries", cancellationToken);
        await using var node = DispatchingNode.Create(laboratory);
        var delivered = new ConcurrentDictionary<Guid, long>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(node.Db, delivered, ending.Token);
        await node.StartAsync(cancellationToken);
        var committed = await PublishAsync(node.Db, cancellationToken);
        while (!committed.Keys.All(delivered.ContainsKey))
        {
            await Task.Delay(10, cancellationToken);
        }

        await ending.CancelAsync();
        await watch;
        var times = committed.Skip(WarmUp).Select(pair => Stopwatch.GetElapsedTime(pair.Value, delivered[pair.Key]).TotalMilliseconds).Order().ToArray();
        var note = string.Create(CultureInfo.InvariantCulture, $"half within {times[times.Length / 2]:0.0} ms, all within {times[^1]:0.0} ms");
        return [new("outbox_p99_ms", times[times.Length * 99 / 100]) { Note = note }];
    }

    private static async Task<Dictionary<Guid, long>> PublishAsync(ShopDb db, CancellationToken cancellationToken)
    {
        var committed = new Dictionary<Guid, long>();
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < WarmUp + Events; number++)
        {
            var due = (Interval * number) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, cancellationToken);
            }

            var id = await db.Events.PublishAsync(new Happened(number, Rows.UserId(number % Rows.Profiles)), key: number % 100, cancellationToken: cancellationToken);
            committed.Add(id, Stopwatch.GetTimestamp());
        }

        return committed;
    }

    private static async Task WatchAsync(ShopDb db, ConcurrentDictionary<Guid, long> delivered, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var one in db.Events.Delivered.ReadAllAsync(cancellationToken))
            {
                delivered[one.Published.Id] = Stopwatch.GetTimestamp();
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
