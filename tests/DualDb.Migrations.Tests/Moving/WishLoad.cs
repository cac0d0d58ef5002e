using System.Collections.Concurrent;
using DualDb.Migrations.Tests.Places;
using Npgsql;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>
/// An application that writes wishes all the while: new ones, other values, other keys, values that are exchanged, and none any more. A node stops at the first write that is refused; another one only reads, and goes on.
/// </summary>
internal sealed class WishLoad : IAsyncDisposable
{
    private const int Nodes = 3;
    private const int Beats = 20;

    private static readonly string[] Retryable = ["40001", "40P01", "55P03", "23505"];

    public const string Read = "select text from shop.wishes where id = @id";

    public static readonly string[] Writes =
    [
        "insert into shop.wishes (slot, text) select max(slot) + 1, 'new' from shop.wishes",
        "update shop.wishes set text = text || '.', total = total + 0.0000000001 where id = @id",
        "with pair as (select id, slot from shop.wishes where id in (@id, @other)) update shop.wishes w set slot = -w.slot from pair where pair.id = w.id",
        "begin; update shop.wishes set slot = slot + 1000000 where id = @id; update shop.wishes set slot = slot - 1000000 where id = @id; commit",
        "update shop.wishes set id = id + 1000000 where id = @id",
        "delete from shop.wishes where id = @id",
        "begin; delete from shop.wishes where id = @id; insert into shop.wishes (id, slot) select @id, max(slot) + 1 from shop.wishes; rollback",
    ];

    private readonly NpgsqlDataSource _source;
    private readonly string[] _writes;
    private readonly int _rows;
    private readonly int[] _done = new int[Nodes];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _nodes;
    private readonly Task _reading;

    public WishLoad(string connectionString, int rows, params string[] writes)
    {
        _source = NpgsqlDataSource.Create(connectionString);
        _rows = rows;
        _writes = writes;
        _nodes = [.. Enumerable.Range(0, Nodes).Select(node => Task.Run(() => RunAsync(node)))];
        _reading = Task.Run(ReadAsync);
    }

    public ConcurrentQueue<PostgresException> Failures { get; } = new();

    /// <summary>Reads that failed.</summary>
    public ConcurrentQueue<string> Unread { get; } = new();

    public int Written => _done.Sum();

    public Task RunOnAsync()
    {
        var before = _done.ToArray();
        return Eventually.HoldsAsync(() => !Failures.IsEmpty || Enumerable.Range(0, Nodes).All(node => Volatile.Read(ref _done[node]) - before[node] >= Beats), "every node writes on");
    }

    public async Task StopAsync()
    {
        await Eventually.HoldsAsync(() => Array.TrueForAll(_nodes, static node => node.IsCompleted), "every node is refused");
        await _stop.CancelAsync();
        await Task.WhenAll([.. _nodes, _reading]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll([.. _nodes, _reading]);
        await _source.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var random = new Random(Nodes);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var command = _source.CreateCommand(Read.Replace("@id", random.Next(1, _rows).ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
                await command.ExecuteScalarAsync(CancellationToken.None);
            }
            catch (NpgsqlException failure)
            {
                Unread.Enqueue(failure.Message);
            }
        }
    }

    private async Task RunAsync(int node)
    {
        var random = new Random(node);
        while (!_stop.IsCancellationRequested)
        {
            var (id, other) = (random.Next(1, _rows), random.Next(1, _rows));
            var sql = _writes[random.Next(_writes.Length)]
                .Replace("@id", id.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("@other", other.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            try
            {
                await using var command = _source.CreateCommand(sql);
                await command.ExecuteNonQueryAsync(CancellationToken.None);
                Interlocked.Increment(ref _done[node]);
            }
            catch (PostgresException failure) when (Retryable.Contains(failure.SqlState))
            {
                Interlocked.Increment(ref _done[node]);
            }
            catch (PostgresException failure)
            {
                Failures.Enqueue(failure);
                return;
            }
        }
    }
}
