using System.Data;
using DualDb.IntegrationTests.Repositories.Places;

namespace DualDb.IntegrationTests.Connections;

public class TransactionTests(ShapeServers servers)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<bool, bool> Endpoints => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    private PostgresDatabase Open(bool supabase, bool pooled)
        => supabase
            ? Databases.Supabase(pooled ? servers.SupabasePooler.ConnectionString : servers.Servers.Supabase.ConnectionString)
            : Databases.Neon(pooled ? servers.NeonPooler.ConnectionString : servers.Servers.Neon.ConnectionString);

    private static async Task<DatabaseTransaction> BeginAsync(PostgresDatabase database, IsolationLevel level = IsolationLevel.ReadCommitted)
        => database is NeonDatabase neon ? await neon.BeginAsync(level, Token) : await ((SupabaseDatabase)database).BeginAsync(level, Token);

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Commits_and_rolls_back(bool supabase, bool pooled)
    {
        await using var database = Open(supabase, pooled);
        var table = await database.CreateTableAsync("id int primary key");
        var calls = new List<string>();
        await using (var committed = await BeginAsync(database))
        {
            await committed.ExecuteAsync($"insert into {table} values (1)", Token);
            committed.OnCommitted(async token => calls.Add($"sees {await database.ExecuteScalarAsync<long>($"select count(*) from {table}", token)}"));
            Assert.Equal(0, await database.CountAsync(table));
            await committed.CommitAsync(Token);
            Assert.False(committed.IsActive);
        }

        await using (var rolledBack = await BeginAsync(database))
        {
            rolledBack.OnCommitted(() => calls.Add("never"));
            await rolledBack.ExecuteAsync($"insert into {table} values (2)", Token);
            await rolledBack.RollbackAsync(Token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => rolledBack.CommitAsync(Token));
        }

        await using (var forgotten = await BeginAsync(database))
        {
            await forgotten.ExecuteAsync($"insert into {table} values (3)", Token);
        }

        Assert.Equal(1, await database.CountAsync(table));
        Assert.Equal(["sees 1"], calls);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Never_takes_the_rollback_of_a_failed_transaction_for_a_commit(bool supabase, bool pooled)
    {
        await using var database = Open(supabase, pooled);
        var table = await database.CreateTableAsync("id int primary key");
        var calls = 0;
        await using var transaction = await BeginAsync(database);
        transaction.OnCommitted(() => calls++);
        await transaction.ExecuteAsync($"insert into {table} values (1)", Token);
        await Assert.ThrowsAsync<ConstraintViolationException>(() => transaction.ExecuteAsync($"insert into {table} values (1)", Token));

        var exception = await Assert.ThrowsAsync<DatabaseErrorException>(() => transaction.CommitAsync(Token));

        Assert.Equal("25P02", exception.SqlState);
        Assert.Contains("earlier statement", exception.Message, StringComparison.Ordinal);
        Assert.Equal((0, 0L), (calls, await database.CountAsync(table)));
        Assert.False(transaction.IsActive);
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Rolls_back_to_savepoints(bool supabase, bool pooled)
    {
        await using var database = Open(supabase, pooled);
        var table = await database.CreateTableAsync("id int primary key");
        await using (var transaction = await BeginAsync(database))
        {
            await transaction.ExecuteAsync($"insert into {table} values (1)", Token);
            await using (var outer = await transaction.SavepointAsync("same \"name\"; drop table x; --", Token))
            {
                await transaction.ExecuteAsync($"insert into {table} values (2)", Token);
                await using (var inner = await transaction.SavepointAsync("same \"name\"; drop table x; --", Token))
                {
                    await transaction.ExecuteAsync($"insert into {table} values (3)", Token);
                    await Assert.ThrowsAsync<ConstraintViolationException>(() => transaction.ExecuteAsync($"insert into {table} values (1)", Token));
                    await inner.RollbackAsync(Token);
                    await Assert.ThrowsAsync<InvalidOperationException>(() => inner.ReleaseAsync(Token));
                }

                await transaction.ExecuteAsync($"insert into {table} values (4)", Token);
                await outer.RollbackAsync(Token);
            }

            await using (var kept = await transaction.SavepointAsync("kept", Token))
            {
                await transaction.ExecuteAsync($"insert into {table} values (5)", Token);
                await kept.ReleaseAsync(Token);
            }

            await using (await transaction.SavepointAsync("forgotten", Token))
            {
                await transaction.ExecuteAsync($"insert into {table} values (6)", Token);
            }

            await transaction.CommitAsync(Token);
        }

        Assert.Equal([1, 5], await database.QueryAsync<int>($"select id from {table} order by id", Token));
    }

    [Fact]
    public async Task Tells_savepoints_of_one_name_apart_and_long_names_too()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await database.CreateTableAsync("id int primary key");
        var stem = new string('x', 62);
        foreach (var (first, second) in new[] { ("same", "same"), (stem + "a", stem + "b") })
        {
            await using var transaction = await database.BeginAsync(Token);
            var outer = await transaction.SavepointAsync(first, Token);
            await transaction.ExecuteAsync($"insert into {table} values (1)", Token);
            await transaction.SavepointAsync(second, Token);
            await transaction.ExecuteAsync($"insert into {table} values (2)", Token);

            await outer.RollbackAsync(Token);
            await transaction.CommitAsync(Token);

            Assert.Equal(0, await database.CountAsync(table));
        }
    }

    [Fact]
    public async Task Outlives_a_savepoint_that_is_disposed_of_after_the_commit()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await using var transaction = await database.BeginAsync(Token);
        await using var savepoint = await transaction.SavepointAsync("a", Token);

        await transaction.CommitAsync(Token);
    }

    [Theory]
    [InlineData(IsolationLevel.ReadCommitted, "read committed")]
    [InlineData(IsolationLevel.RepeatableRead, "repeatable read")]
    [InlineData(IsolationLevel.Serializable, "serializable")]
    public async Task Asks_for_the_isolation_level(IsolationLevel level, string name)
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await using var transaction = await database.BeginAsync(level, Token);

        Assert.Equal(level, transaction.IsolationLevel);
        Assert.Equal(name, await transaction.ExecuteScalarAsync<string>($"show transaction_isolation", Token));
    }

    [Fact]
    public async Task Refuses_an_isolation_level_that_PostgreSQL_lacks()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => database.BeginAsync(IsolationLevel.Chaos, Token).AsTask());
    }

    [Fact]
    public async Task Says_when_two_statements_meet()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        await using var transaction = await database.BeginAsync(Token);
        await using var stream = transaction.StreamAsync<int>($"select generate_series(1, 100000)", Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.ExecuteAsync($"select 1", Token));
        Assert.Contains("one statement at a time", exception.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => transaction.CommitAsync(Token));
        Assert.True(transaction.IsActive);
        while (await stream.MoveNextAsync())
        {
        }

        await transaction.CommitAsync(Token);
    }

    [Fact]
    public async Task Can_be_disposed_of_while_a_stream_is_read()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.MaxPoolSize = 1);
        var table = await database.CreateTableAsync("id int");
        await using (var transaction = await database.BeginAsync(Token))
        {
            await transaction.ExecuteAsync($"insert into {table} values (1)", Token);
            await using var stream = transaction.StreamAsync<int>($"select generate_series(1, 100000)", Token).GetAsyncEnumerator(Token);
            await stream.MoveNextAsync();
            await transaction.DisposeAsync();
        }

        Assert.Equal(0, await database.CountAsync(table));
    }

    [Fact]
    public async Task Reports_a_deferred_constraint_as_a_failed_commit()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var parent = await database.CreateTableAsync("id int primary key");
        var child = await database.CreateTableAsync($"id int references {parent} deferrable initially deferred");
        await using var transaction = await database.BeginAsync(Token);
        await transaction.ExecuteAsync($"insert into {child} values (1)", Token);

        var exception = await Assert.ThrowsAsync<ConstraintViolationException>(() => transaction.CommitAsync(Token));

        Assert.Equal(ConstraintKind.ForeignKey, exception.Kind);
        Assert.Equal(0, await database.CountAsync(child));
    }

    [Fact]
    public async Task Reports_a_serialization_failure()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString);
        var table = await database.CreateTableAsync("id int, n int");
        await database.ExecuteAsync($"insert into {table} values (1, 0)", Token);
        await using var first = await database.BeginAsync(IsolationLevel.RepeatableRead, Token);
        await first.QueryAsync<int>($"select n from {table}", Token);
        await database.ExecuteAsync($"update {table} set n = 1", Token);

        var exception = await Assert.ThrowsAsync<DatabaseErrorException>(() => first.ExecuteAsync($"update {table} set n = 2", Token));

        Assert.Equal("40001", exception.SqlState);
        Assert.Contains("Repeat the whole transaction", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_in_one_round_trip()
    {
        await using var proxy = await Testing.LatencyProxy.StartAsync(servers.Servers.Neon.Host, servers.Servers.Neon.Port, cancellationToken: Token);
        await using var database = Databases.Neon(proxy.Rewrite(servers.Servers.Neon.ConnectionString));
        await using var transaction = await database.BeginAsync(Token);
        var bytes = proxy.BytesToServer;
        await transaction.CommitAsync(Token);

        Assert.InRange(proxy.BytesToServer - bytes, 1, 400);
    }

    [Fact]
    public async Task Leaves_nothing_behind_in_the_pool()
    {
        await using var database = Databases.Neon(servers.Servers.Neon.ConnectionString, options => options.MaxPoolSize = 1);
        for (var i = 0; i < 5; i++)
        {
            await using var transaction = await database.BeginAsync(IsolationLevel.Serializable, Token);
            await transaction.ExecuteAsync($"set local work_mem = '123MB'", Token);
            if (i % 2 == 0)
            {
                await Assert.ThrowsAsync<DatabaseErrorException>(() => transaction.ExecuteAsync($"select 1/0", Token));
            }
        }

        Assert.NotEqual("123MB", await database.ExecuteScalarAsync<string>($"show work_mem", Token));
        Assert.Equal("read committed", await database.ExecuteScalarAsync<string>($"show transaction_isolation", Token));
        Assert.Null(await database.ExecuteScalarAsync<string>($"select pg_current_xact_id_if_assigned()::text", Token));
    }
}
