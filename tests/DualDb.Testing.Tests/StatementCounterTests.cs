using System.Diagnostics;
using Npgsql;

namespace DualDb.Testing.Tests;

public sealed class StatementCounterTests(SharedServers servers)
{
    [Fact]
    public async Task Every_statement_counts_in_order_with_its_text()
    {
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        using var counter = StatementCounter.Start();
        Assert.Equal(0, counter.Count);

        await connection.ScalarAsync("select 1");
        await connection.ScalarAsync("select 2");
        Assert.Equal(2, counter.Count);
        Assert.Equal(["select 1", "select 2"], counter.Statements);
    }

    [Fact]
    public async Task Opening_beginning_and_ending_do_not_count()
    {
        using var counter = StatementCounter.Start();
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        await using (var transaction = await connection.BeginTransactionAsync(Sql.Token))
        {
            await connection.ScalarAsync("select 3");
            await transaction.SaveAsync("here", Sql.Token);
            await transaction.CommitAsync(Sql.Token);
        }

        Assert.Equal(["select 3"], counter.Statements);
    }

    [Fact]
    public async Task A_batch_and_a_copy_count_once_each()
    {
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        await connection.ScalarAsync("create temp table counted (n int)");
        using var counter = StatementCounter.Start();
        await using (var batch = new NpgsqlBatch(connection) { BatchCommands = { new("select 1"), new("select 2") } })
        {
            await batch.ExecuteNonQueryAsync(Sql.Token);
        }

        await using (var import = await connection.BeginBinaryImportAsync("copy counted from stdin binary", Sql.Token))
        {
            await import.StartRowAsync(Sql.Token);
            await import.WriteAsync(1, Sql.Token);
            await import.CompleteAsync(Sql.Token);
        }

        Assert.Equal("select 1;\nselect 2|copy counted from stdin binary", string.Join('|', counter.Statements).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_statement_counts_when_it_is_sent_whatever_becomes_of_it()
    {
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        using var counter = StatementCounter.Start();
        await Assert.ThrowsAsync<PostgresException>(() => connection.ScalarAsync("select no_such_column"));
        await using var command = new NpgsqlCommand("select 4", connection);
        await using var reader = await command.ExecuteReaderAsync(Sql.Token);

        Assert.Equal(["select no_such_column", "select 4"], counter.Statements);
    }

    [Fact]
    public async Task Tasks_started_inside_count_and_those_of_others_do_not()
    {
        using var go = new SemaphoreSlim(0);
        var outside = Task.Run(async () =>
        {
            await go.WaitAsync(Sql.Token);
            return await Sql.ScalarAsync(servers.Neon.ConnectionString, "select 'outside'");
        });
        using var counter = StatementCounter.Start();
        go.Release();
        await outside;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => Sql.ScalarAsync(servers.Supabase.ConnectionString, $"select {i}"))));

        var expected = Enumerable.Range(0, 8).Select(i => $"select {i}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal(expected, counter.Statements.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(expected.Count, counter.Count);
    }

    [Fact]
    public async Task Counters_at_the_same_time_count_their_own_flow()
    {
        var counts = await Task.WhenAll(Enumerable.Range(1, 6).Select(async statements =>
        {
            await Task.Yield();
            using var counter = StatementCounter.Start();
            await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
            for (var i = 0; i < statements; i++)
            {
                await connection.ScalarAsync("select 1");
            }

            return counter.Count;
        }));

        Assert.Equal([1, 2, 3, 4, 5, 6], counts);
    }

    [Fact]
    public async Task An_inner_counter_counts_for_the_outer_one_too()
    {
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        using var outer = StatementCounter.Start();
        await connection.ScalarAsync("select 1");
        using (var inner = StatementCounter.Start())
        {
            await connection.ScalarAsync("select 2");
            Assert.Equal(["select 2"], inner.Statements);
        }

        await connection.ScalarAsync("select 3");
        Assert.Equal(["select 1", "select 2", "select 3"], outer.Statements);
    }

    [Fact]
    public async Task Nothing_counts_after_disposal()
    {
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        var counter = StatementCounter.Start();
        await connection.ScalarAsync("select 1");
        counter.Dispose();
        await connection.ScalarAsync("select 2");

        Assert.Equal(["select 1"], counter.Statements);
    }

    [Fact]
    public async Task Another_listener_to_the_same_source_changes_nothing()
    {
        using var everything = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(everything);
        await using var connection = await Sql.OpenAsync(servers.Neon.ConnectionString);
        using (StatementCounter.Start())
        {
        }

        await connection.ScalarAsync("select 1");
        using var counter = StatementCounter.Start();
        var others = Task.Run(() => Sql.ScalarAsync(servers.Neon.ConnectionString, "select 2"));
        await others;
        Assert.Equal(["select 2"], counter.Statements);
    }
}
