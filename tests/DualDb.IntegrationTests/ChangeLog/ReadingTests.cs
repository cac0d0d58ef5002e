using System.Globalization;
using DualDb.ChangeLog;
using DualDb.IntegrationTests.Connections;
using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>What a reader sees of transactions that overlap, and what it is told when it cannot.</summary>
public sealed class ReadingTests(ChangeLogPlace place, ShapeServers servers) : IClassFixture<ChangeLogPlace>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Endpoint.Direct)]
    [InlineData(Endpoint.Pooled)]
    public async Task A_long_transaction_holds_nobody_up_and_is_told_when_it_commits(Endpoint endpoint)
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await using var slow = await connection.BeginTransactionAsync(Token);
        await ExecuteAsync(connection, $"insert into {table} values (1)");
        var follower = await Follower.StartAsync(place[endpoint], table);
        await ExecuteAsync(connection, $"insert into {table} values (2)");

        for (var id = 10; id < 20; id++)
        {
            await place.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"insert into {table} values ({id})"));
            Assert.Equal([Key(id)], Keys(await follower.ReadAsync()));
        }

        Assert.Empty(await follower.ReadAsync());
        await slow.CommitAsync(Token);
        Assert.Equal([Key(1), Key(2)], Keys(await follower.ReadAsync()));
        Assert.Empty(await follower.ReadAsync());
    }

    [Fact]
    public async Task Only_what_is_committed_is_told_of_savepoints()
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using (var connection = await place.Writers.OpenConnectionAsync(Token))
        {
            await ExecuteAsync(connection, $"""
                begin;
                insert into {table} values (1);
                savepoint a; insert into {table} values (2); rollback to savepoint a;
                savepoint b; insert into {table} values (3);
                savepoint c; insert into {table} values (4); release savepoint c; release savepoint b;
                insert into {table} values (5)
                """);
            Assert.Empty(await follower.ReadAsync());
            await ExecuteAsync(connection, "commit");
            await ExecuteAsync(connection, $"begin; insert into {table} values (6); rollback");
        }

        var changes = await follower.ReadAsync();
        Assert.Equal([Key(1), Key(3), Key(4), Key(5)], Keys(changes));
        Assert.Single(changes.Select(static change => change.Transaction).Distinct());
    }

    [Fact]
    public async Task What_commits_between_two_pages_is_left_to_the_next_reading()
    {
        var table = await place.CreateTableAsync("id int primary key", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await using var slow = await connection.BeginTransactionAsync(Token);
        await ExecuteAsync(connection, $"insert into {table} values (1)");
        await place.ExecuteAsync($"insert into {table} select generate_series(10, 14)");
        await ExecuteAsync(connection, $"insert into {table} values (2)");
        await place.ExecuteAsync($"insert into {table} select generate_series(20, 24)");

        var read = new List<string?>();
        var (changes, hasMore) = await follower.PageAsync(7);
        read.AddRange(Keys(changes));
        Assert.True(hasMore);
        await slow.CommitAsync(Token);
        await place.ExecuteAsync($"insert into {table} values (30)");
        while (hasMore)
        {
            (changes, hasMore) = await follower.PageAsync(1);
            read.AddRange(Keys(changes));
        }

        Assert.Equal([.. Enumerable.Range(10, 5).Select(Key), .. Enumerable.Range(20, 5).Select(Key)], read);
        Assert.Equal([Key(1), Key(2), Key(30)], Keys(await follower.ReadAsync()));
    }

    [Fact]
    public async Task Changes_of_one_key_come_in_their_order_though_transactions_began_the_other_way_round()
    {
        var table = await place.CreateTableAsync("id int primary key, value int", ["id"]);
        await place.ExecuteAsync($"insert into {table} values (1, 0)");
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await using var connection = await place.Writers.OpenConnectionAsync(Token);
        await using var early = await connection.BeginTransactionAsync(Token);
        await ExecuteAsync(connection, $"insert into {table} values (2, 0)");
        await place.ExecuteAsync($"update {table} set value = 1 where id = 1");
        await ExecuteAsync(connection, $"update {table} set value = 2 where id = 1");
        await early.CommitAsync(Token);

        var updates = (await follower.ReadAsync()).Where(static change => change.Operation == ChangeOperation.Update).ToList();
        Assert.Equal(["""{"id": 1, "value": 1}""", """{"id": 1, "value": 2}"""], updates.Select(static change => change.New));
        Assert.True(updates[0].Transaction > updates[1].Transaction);
    }

    [Fact]
    public async Task A_page_ends_early_when_rows_are_wide()
    {
        var table = await place.CreateTableAsync("id int primary key, wide text", ["id"]);
        var follower = await Follower.StartAsync(place[Endpoint.Direct], table);
        await place.ExecuteAsync($"insert into {table} select n, repeat('x', 3000000) from generate_series(1, 7) n");

        var (changes, hasMore) = await follower.PageAsync(100);
        Assert.Equal((3, true), (changes.Count, hasMore));
        Assert.Equal(Enumerable.Range(4, 4).Select(Key), Keys(await follower.ReadAsync()));
    }

    [Fact]
    public async Task A_position_of_another_database_is_told_from_ones_own()
    {
        var reader = new ChangeLogReader(place[Endpoint.Direct]);
        var own = await reader.BeginAsync(Token);
        await using var elsewhere = Databases.Neon(await servers.Servers.Neon.CreateDatabaseAsync($"change_log_{Guid.NewGuid():n}", Token));
        await elsewhere.InstallAsync(ChangeLogSchema.Create);
        var others = await new ChangeLogReader(elsewhere).BeginAsync(Token);

        var page = await reader.ReadAsync(others, 10, Token);
        Assert.Equal((ChangeLogGap.AnotherHistory, false, own.History), (page.Gap, page.HasMore, page.Position.History));
        Assert.Empty(page.Changes);
        Assert.Equal(ChangeLogGap.None, (await reader.ReadAsync(page.Position, 10, Token)).Gap);
    }

    [Theory]
    [InlineData("900000000:900000001:", null)]
    [InlineData("3:4:", "900000000:900000001:")]
    public async Task A_position_of_the_future_is_told(string seen, string? reading)
    {
        // A database that was set back gives out once more the transaction ids that the position has seen.
        var reader = new ChangeLogReader(place[Endpoint.Direct]);
        var position = (await reader.BeginAsync(Token)) with { Seen = seen, Reading = reading };
        Assert.Equal(ChangeLogGap.AnotherHistory, (await reader.ReadAsync(position, 10, Token)).Gap);
    }

    [Fact]
    public async Task A_database_without_a_log_is_said()
    {
        await using var bare = Databases.Neon(await servers.Servers.Neon.CreateDatabaseAsync($"change_log_{Guid.NewGuid():n}", Token));
        var missing = await Assert.ThrowsAsync<SchemaMismatchException>(async () => await new ChangeLogReader(bare).BeginAsync(Token));
        Assert.Contains("change_log", missing.Message, StringComparison.Ordinal);
        Assert.Equal(Database.Neon, missing.Database);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("a|1:2")]
    [InlineData("a|1:2:|3:4:")]
    [InlineData("a|1:2:|3:4:|99999999999999999999")]
    [InlineData("a|1:2:'; drop table x; --")]
    public void What_is_no_position_is_refused(string text) => Assert.Throws<FormatException>(() => ChangeLogPosition.Parse(text));

    [Fact]
    public void A_position_survives_its_text()
    {
        foreach (var position in new[] { new ChangeLogPosition("a/1/2", "10:12:10,11", null, 0), new ChangeLogPosition("a", "10:10:", "12:15:13", 77) })
        {
            Assert.Equal(position, ChangeLogPosition.Parse(position.ToString()));
        }
    }

    private static string Key(int id) => string.Create(CultureInfo.InvariantCulture, $$"""{"id": {{id}}}""");

    private static IEnumerable<string?> Keys(IEnumerable<LoggedChange> changes) => changes.Select(static change => change.Key);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Token);
    }
}
