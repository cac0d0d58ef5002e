using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using DualDb.ChangeLog;
using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Many writers that commit late or not at all, while a reader reads all the time.</summary>
public sealed class ConcurrencyTests(ChangeLogPlace place) : IClassFixture<ChangeLogPlace>
{
    private const int Writers = 8;
    private const int Transactions = 40;
    private const int Counters = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct, 4)]
    [InlineData(Endpoint.Direct, 1_000)]
    [InlineData(Endpoint.Pooled, 25)]
    public async Task Every_committed_change_is_read_once_and_no_other(Endpoint endpoint, int limit)
    {
        var table = await place.CreateTableAsync("id text primary key, value int not null", ["id"]);
        await place.ExecuteAsync($"insert into {table} select 'counter ' || n, 0 from generate_series(1, {Counters}) n");
        var follower = await Follower.StartAsync(place[endpoint], table);
        var committed = new ConcurrentBag<string>();

        var writing = Task.WhenAll(Enumerable.Range(1, Writers).Select(writer => Task.Run(() => WriteAsync(table, writer, committed), Token)));
        var read = new List<LoggedChange>();
        var readings = 0;
        while (!writing.IsCompleted)
        {
            read.AddRange(await follower.ReadAsync(limit));
            readings++;
        }

        await writing;
        read.AddRange(await follower.ReadAsync(limit));

        Assert.Equal(read.Count, read.Select(static change => change.Id).Distinct().Count());
        var inserted = read.Where(static change => change.Operation == ChangeOperation.Insert).Select(static change => (string)JsonNode.Parse(change.Key!)!["id"]!);
        Assert.Equal(committed.Order(StringComparer.Ordinal), inserted.Order(StringComparer.Ordinal));
        Assert.True(readings > 10, $"Only {readings} readings ran beside the writers.");
        for (var counter = 1; counter <= Counters; counter++)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $$"""{"id": "counter {{counter}}"}""");
            var values = read.Where(change => string.Equals(change.Key, key, StringComparison.Ordinal)).Select(static change => (int)JsonNode.Parse(change.New!)!["value"]!).ToList();
            Assert.Equal(Enumerable.Range(1, values.Count), values);
            Assert.Equal(values.Count, await place.ScalarAsync($"select value from {table} where id = 'counter {counter}'"));
            Assert.NotEmpty(values);
        }
    }

    private async Task WriteAsync(string table, int writer, ConcurrentBag<string> committed)
    {
        var random = new Random(writer);
        for (var number = 0; number < Transactions; number++)
        {
            var kept = new List<string>();
            await using var connection = await place.Writers.OpenConnectionAsync(Token);
            await using var transaction = await connection.BeginTransactionAsync(Token);
            for (var row = random.Next(1, 4); row > 0; row--)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{writer}/{number}/{row}");
                var undone = random.Next(4) == 0;
                await ExecuteAsync(connection, $"savepoint s; insert into {table} values ('{id}', {row}); {(undone ? "rollback to savepoint s" : "release savepoint s")}");
                if (!undone)
                {
                    kept.Add(id);
                }
            }

            // One counter at most, so that writers wait for each other without ever closing a ring.
            if (random.Next(2) == 0)
            {
                await ExecuteAsync(connection, $"update {table} set value = value + 1 where id = 'counter {random.Next(1, Counters + 1)}'");
            }

            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"select pg_sleep({random.NextDouble() * random.NextDouble() * 0.05})"));
            if (random.Next(5) == 0)
            {
                await transaction.RollbackAsync(Token);
                continue;
            }

            await transaction.CommitAsync(Token);
            foreach (var id in kept)
            {
                committed.Add(id);
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
