using System.Globalization;
using DualDb.Testing.Tests.Endings;
using Npgsql;

namespace DualDb.Testing.Tests.Servers;

public sealed class LocalServersTests(SharedServers servers)
{
    [Fact]
    public async Task Both_servers_answer_and_are_two()
    {
        Assert.Equal("neondb", await Sql.ScalarAsync(servers.Neon.ConnectionString, "select current_database()"));
        Assert.Equal("postgres", await Sql.ScalarAsync(servers.Supabase.ConnectionString, "select current_database()"));
        Assert.NotEqual(servers.Neon.Port, servers.Supabase.Port);
        Assert.NotEqual(servers.Neon.ProcessId, servers.Supabase.ProcessId);
    }

    [Fact]
    public async Task Uri_names_what_the_connection_string_names()
    {
        var uri = new Uri(servers.Neon.Uri);
        var keywords = new NpgsqlConnectionStringBuilder(servers.Neon.ConnectionString);

        Assert.Equal("postgres", uri.Scheme);
        Assert.Equal((keywords.Host, keywords.Port), (uri.Host, uri.Port));
        Assert.Equal($"{keywords.Username}:{keywords.Password}", uri.UserInfo);
        Assert.Equal("/" + keywords.Database, uri.AbsolutePath);
        Assert.Equal((servers.Neon.Host, servers.Neon.Port), (keywords.Host, keywords.Port));
        Assert.Equal((servers.Neon.UserName, servers.Neon.Database), (keywords.Username, keywords.Database));
        Assert.Equal(servers.Neon.UserName, await Sql.ScalarAsync(servers.Neon.ConnectionString, "select current_user::text"));
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_so_is_the_other_servers()
    {
        var others = new NpgsqlConnectionStringBuilder(servers.Supabase.ConnectionString).Password;
        foreach (var password in new[] { "wrong", others })
        {
            var wrong = new NpgsqlConnectionStringBuilder(servers.Neon.ConnectionString) { Password = password }.ConnectionString;
            var refusal = await Assert.ThrowsAsync<PostgresException>(() => Sql.OpenAsync(wrong));
            Assert.Equal(PostgresErrorCodes.InvalidPassword, refusal.SqlState);
        }
    }

    [Theory]
    [InlineData("server_encoding", "UTF8")]
    [InlineData("TimeZone", "UTC")]
    [InlineData("listen_addresses", "127.0.0.1")]
    [InlineData("unix_socket_directories", "")]
    [InlineData("fsync", "off")]
    [InlineData("max_connections", "100")]
    [InlineData("dynamic_shared_memory_type", "mmap")]
    [InlineData("DateStyle", "ISO, MDY")]
    public async Task Settings_suit_tests(string name, string expected)
    {
        Assert.Equal(expected, await Sql.ScalarAsync(servers.Neon.ConnectionString, $"show {name}"));
        Assert.Equal(expected, await Sql.ScalarAsync(servers.Supabase.ConnectionString, $"show {name}"));
    }

    [Fact]
    public async Task Text_is_unicode_in_code_point_order()
    {
        Assert.Equal("ÄÖŽ", await Sql.ScalarAsync(servers.Neon.ConnectionString, "select upper('äöž')"));
        Assert.Equal("B,a,ä", await Sql.ScalarAsync(servers.Neon.ConnectionString, "select string_agg(x, ',' order by x) from unnest(array['ä','a','B']) x"));
    }

    [Fact]
    public async Task The_version_is_the_servers()
    {
        var reported = (string?)await Sql.ScalarAsync(servers.Neon.ConnectionString, "show server_version");
        Assert.StartsWith(servers.Neon.ServerVersion.ToString(), reported, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(servers.Neon.BinaryDirectory, "postgres")));
    }

    [Fact]
    public async Task A_created_database_is_empty_and_its_name_is_taken_as_it_is()
    {
        const string Name = "Tests \"of\" ünïcode; --";
        var connectionString = await servers.Supabase.CreateDatabaseAsync(Name, Sql.Token);

        Assert.Equal(Name, await Sql.ScalarAsync(connectionString, "select current_database()"));
        Assert.Equal(0L, await Sql.ScalarAsync(connectionString, "select count(*) from pg_tables where schemaname = 'public'"));
        var again = await Assert.ThrowsAsync<PostgresException>(() => servers.Supabase.CreateDatabaseAsync(Name, Sql.Token));
        Assert.Equal(PostgresErrorCodes.DuplicateDatabase, again.SqlState);
    }

    [Fact]
    public async Task A_restart_keeps_port_and_data_and_a_stopped_server_refuses()
    {
        await using var own = await LocalServers.StartAsync(
            options => options.PostgreSqlSettings["max_connections"] = (30 + 7).ToString(CultureInfo.InvariantCulture), Sql.Token);
        Assert.Equal("37", await Sql.ScalarAsync(own.Neon.ConnectionString, "show max_connections"));
        var connectionString = own.Neon.ConnectionString;
        await Sql.ScalarAsync(connectionString, "create table kept as select 42 as answer");
        var before = own.Neon.ProcessId;

        await own.Neon.RestartAsync(Sql.Token);
        Assert.Equal(connectionString, own.Neon.ConnectionString);
        Assert.Equal(42, await Sql.ScalarAsync(connectionString, "select answer from kept"));
        Assert.NotEqual(before, own.Neon.ProcessId);

        await own.Neon.StopAsync(Sql.Token);
        await own.Neon.StopAsync(Sql.Token);
        Assert.Null(own.Neon.ProcessId);
        await Assert.ThrowsAsync<NpgsqlException>(() => Sql.OpenAsync(connectionString));
        Assert.Equal(1, await Sql.ScalarAsync(own.Supabase.ConnectionString, "select 1"));

        await own.Neon.StartAsync(Sql.Token);
        await own.Neon.StartAsync(Sql.Token);
        Assert.Equal(42, await Sql.ScalarAsync(connectionString, "select answer from kept"));
    }

    [Fact]
    public async Task A_killed_server_starts_again_with_its_data()
    {
        await using var own = await LocalServers.StartAsync(Sql.Token);
        await Sql.ScalarAsync(own.Neon.ConnectionString, "create table kept as select 42 as answer");
        await Signals.SendAsync("KILL", own.Neon.ProcessId!.Value);
        await Condition.HoldsAsync(() => own.Neon.ProcessId is null, () => "The killed server still counts as running.");

        await own.Neon.StartAsync(Sql.Token);
        Assert.Equal(42, await Sql.ScalarAsync(own.Neon.ConnectionString, "select answer from kept"));
    }

    [Fact]
    public async Task Servers_that_were_disposed_of_do_not_start_again()
    {
        var own = await LocalServers.StartAsync(Sql.Token);
        await own.DisposeAsync();
        await own.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => own.Neon.StartAsync(Sql.Token));
        await own.Neon.StopAsync(Sql.Token);
        Assert.Null(own.Neon.ProcessId);
    }
}
