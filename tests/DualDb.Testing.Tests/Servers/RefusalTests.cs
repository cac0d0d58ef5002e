using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace DualDb.Testing.Tests.Servers;

/// <summary>What cannot start says so, with the next step and without a password.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task A_folder_without_the_programs_is_named()
    {
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => LocalServers.StartAsync(options => options.BinaryDirectory = "/no/such/bin", Sql.Token));
        Assert.Contains("BinaryDirectory", failure.Message, StringComparison.Ordinal);
        Assert.Contains("/no/such/bin", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("port", "5432")]
    [InlineData("Listen_Addresses", "*")]
    [InlineData("unix_socket_directories", "/tmp")]
    [InlineData("no name", "1")]
    [InlineData("", "1")]
    [InlineData("work_mem", "1MB'\nfsync = 'on")]
    public async Task A_setting_that_cannot_be_set_is_refused_before_anything_starts(string name, string value) =>
        await Assert.ThrowsAsync<ArgumentException>(() => LocalServers.StartAsync(options => options.PostgreSqlSettings[name] = value, Sql.Token));

    [Fact]
    public async Task A_value_is_taken_as_it_is()
    {
        const string Value = @"it's a \n 'quoted' one";
        await using var servers = await LocalServers.StartAsync(options => options.PostgreSqlSettings["shop.motto"] = Value, Sql.Token);
        Assert.Equal(Value, await Sql.ScalarAsync(servers.Supabase.ConnectionString, "show shop.motto"));
    }

    [Fact]
    public async Task A_value_that_the_server_refuses_is_in_the_message()
    {
        var failure = await Assert.ThrowsAsync<LocalServerException>(
            () => LocalServers.StartAsync(options => options.PostgreSqlSettings["max_connections"] = "many", Sql.Token));
        Assert.Contains("max_connections", failure.Message, StringComparison.Ordinal);
        Assert.Contains("PostgreSqlSettings", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_taken_while_the_server_was_stopped_is_named()
    {
        await using var servers = await LocalServers.StartAsync(Sql.Token);
        await servers.Neon.StopAsync(Sql.Token);
        var squatter = new TcpListener(IPAddress.Loopback, servers.Neon.Port);
        squatter.Start();
        var failure = await Assert.ThrowsAsync<LocalServerException>(() => servers.Neon.StartAsync(Sql.Token));
        var password = new NpgsqlConnectionStringBuilder(servers.Neon.ConnectionString).Password!;
        Assert.Contains($"port {servers.Neon.Port}", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(password, failure.ToString(), StringComparison.Ordinal);

        squatter.Dispose();
        await servers.Neon.StartAsync(Sql.Token);
        Assert.Equal(1, await Sql.ScalarAsync(servers.Neon.ConnectionString, "select 1"));
    }

    [Fact]
    public void Time_to_start_is_positive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LocalServersOptions { StartTimeout = TimeSpan.Zero });

    [Fact]
    public async Task A_cancelled_token_starts_nothing() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LocalServers.StartAsync(new CancellationToken(canceled: true)));
}
