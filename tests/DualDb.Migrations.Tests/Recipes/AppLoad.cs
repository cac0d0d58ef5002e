using System.Collections.Concurrent;
using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Recipes;

/// <summary>Nodes of an application that read and write all the while. A release reaches half of them first, so that two versions run at once.</summary>
internal sealed class AppLoad : IAsyncDisposable
{
    private const int Nodes = 4;
    private const int Beats = 25;

    private static readonly string[] Retryable = ["40001", "40P01", "55P03"];

    private readonly NpgsqlDataSource _source;
    private readonly AppVersion[] _versions;
    private readonly int[] _done = new int[Nodes];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _nodes;
    private int _retried;

    public AppLoad(string connectionString, AppVersion first)
    {
        _source = NpgsqlDataSource.Create(connectionString);
        _versions = [.. Enumerable.Repeat(first, Nodes)];
        _nodes = [.. Enumerable.Range(0, Nodes).Select(node => Task.Run(() => RunAsync(node)))];
    }

    /// <summary>What failed and may not.</summary>
    public ConcurrentQueue<string> Failures { get; } = new();

    public int Retried => _retried;

    public int Statements => _done.Sum();

    /// <summary>Lets all nodes take another version, and waits until it has run beside the old one, and alone.</summary>
    public async Task ReleaseAsync(AppVersion version)
    {
        for (var half = 0; half < 2; half++)
        {
            for (var node = half; node < Nodes; node += 2)
            {
                Volatile.Write(ref _versions[node], version);
            }

            await RunOnAsync();
        }
    }

    /// <summary>Waits until each node has run some statements more.</summary>
    public Task RunOnAsync()
    {
        var before = _done.ToArray();
        return Eventually.HoldsAsync(() => Enumerable.Range(0, Nodes).All(node => Volatile.Read(ref _done[node]) - before[node] >= Beats), "every node goes on");
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_nodes);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task RunAsync(int node)
    {
        var random = new Random(node);
        while (!_stop.IsCancellationRequested)
        {
            var version = Volatile.Read(ref _versions[node]);
            var statements = random.Next(2) == 0 ? version.Reads : version.Writes;
            var sql = statements[random.Next(statements.Count)];
            try
            {
                await using var command = _source.CreateCommand(sql);
                command.Parameters.AddWithValue("id", random.NextInt64(1, Recipe.Rows));
                command.Parameters.AddWithValue("n", random.Next(1, 1000));
                var value = await command.ExecuteScalarAsync(CancellationToken.None);
                if (!version.Understands(value))
                {
                    Failures.Enqueue($"'{value}' was read by a version that does not know it: {sql}");
                }
            }
            catch (PostgresException failure) when (Retryable.Contains(failure.SqlState))
            {
                Interlocked.Increment(ref _retried);
            }
            catch (NpgsqlException failure)
            {
                Failures.Enqueue($"{failure.Message}: {sql}");
            }

            Interlocked.Increment(ref _done[node]);
        }
    }
}
