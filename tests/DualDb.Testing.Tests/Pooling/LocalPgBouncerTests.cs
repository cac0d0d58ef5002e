using Npgsql;

namespace DualDb.Testing.Tests.Pooling;

public sealed class LocalPgBouncerTests(SharedServers servers)
{
    [Fact]
    public async Task Clients_share_a_server_connection_between_transactions()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, options => options.PoolSize = 1, Sql.Token);
        await using var first = await Sql.OpenAsync(pooler.ConnectionString);
        await using var second = await Sql.OpenAsync(pooler.ConnectionString);

        Assert.Equal(await first.ScalarAsync("select pg_backend_pid()"), await second.ScalarAsync("select pg_backend_pid()"));
        Assert.NotEqual(first.ProcessID, await first.ScalarAsync("select pg_backend_pid()"));
    }

    [Fact]
    public async Task A_transaction_has_its_server_connection_to_itself()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, options => options.PoolSize = 2, Sql.Token);
        await using var first = await Sql.OpenAsync(pooler.ConnectionString);
        await using var second = await Sql.OpenAsync(pooler.ConnectionString);
        await using var transaction = await first.BeginTransactionAsync(Sql.Token);
        var own = await first.ScalarAsync("select pg_backend_pid()");

        Assert.NotEqual(own, await second.ScalarAsync("select pg_backend_pid()"));
        Assert.Equal(own, await first.ScalarAsync("select pg_backend_pid()"));
    }

    [Fact]
    public async Task Many_clients_on_few_server_connections_all_get_their_rows()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Supabase, Sql.Token);
        var source = new NpgsqlConnectionStringBuilder(pooler.ConnectionString) { NoResetOnClose = true, MaxPoolSize = 16 };
        await using var clients = NpgsqlDataSource.Create(source);
        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (number, token) =>
        {
            await using var command = clients.CreateCommand("select $1::int");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
            Assert.Equal(number, await command.ExecuteScalarAsync(token));
        });
    }

    [Fact]
    public async Task Every_database_of_the_server_is_behind_it()
    {
        var database = await servers.Neon.CreateDatabaseAsync("behind_pooler", Sql.Token);
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, Sql.Token);

        Assert.Equal("behind_pooler", await Sql.ScalarAsync(pooler.Rewrite(database), "select current_database()"));
        Assert.Equal((pooler.Host, pooler.Port), (new Uri(pooler.Uri).Host, new Uri(pooler.Uri).Port));
    }

    [Fact]
    public async Task A_wrong_password_is_refused()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, Sql.Token);
        var wrong = new NpgsqlConnectionStringBuilder(pooler.ConnectionString) { Password = "wrong" }.ConnectionString;
        await Assert.ThrowsAsync<PostgresException>(() => Sql.OpenAsync(wrong));
    }

    [Fact]
    public async Task A_startup_parameter_that_a_pooler_cannot_honour_is_refused()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(servers.Neon, Sql.Token);
        var asking = new NpgsqlConnectionStringBuilder(pooler.ConnectionString) { SearchPath = "elsewhere" }.ConnectionString;
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => Sql.OpenAsync(asking));
        Assert.Contains("search_path", refusal.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_reach_the_pooler_and_its_own_cannot_be_changed()
    {
        var tolerant = await LocalPgBouncer.StartAsync(
            servers.Neon, options => options.PgBouncerSettings["ignore_startup_parameters"] = "extra_float_digits,search_path", Sql.Token);
        await using (tolerant)
        {
            var asking = new NpgsqlConnectionStringBuilder(tolerant.ConnectionString) { SearchPath = "elsewhere" }.ConnectionString;
            Assert.Equal(1, await Sql.ScalarAsync(asking, "select 1"));
        }

        foreach (var (name, value) in new[] { ("listen_addr", "*"), ("bad name", "1"), ("verbose", "1\nlisten_addr = *") })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => LocalPgBouncer.StartAsync(servers.Neon, options => options.PgBouncerSettings[name] = value, Sql.Token));
        }
    }

    [Fact]
    public async Task What_it_cannot_start_with_is_said()
    {
        var missing = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalPgBouncer.StartAsync(servers.Neon, options => options.ProgramPath = "/no/such/pgbouncer", Sql.Token));
        Assert.Contains("/no/such/pgbouncer", missing.Message, StringComparison.Ordinal);

        var invalid = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalPgBouncer.StartAsync(servers.Neon, options => options.PgBouncerSettings["no_such_setting"] = "1", Sql.Token));
        Assert.Contains("no_such_setting", invalid.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalPgBouncerOptions { PoolSize = 0 });
    }

    [Fact]
    public async Task Without_its_server_it_does_not_start()
    {
        await using var own = await LocalServers.StartAsync(Sql.Token);
        await own.Neon.StopAsync(Sql.Token);
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => LocalPgBouncer.StartAsync(own.Neon, Sql.Token));
        Assert.Contains("Neon", failure.Message, StringComparison.Ordinal);
    }
}
