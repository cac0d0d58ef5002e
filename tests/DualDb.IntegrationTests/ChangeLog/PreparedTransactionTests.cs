using DualDb.ChangeLog;
using DualDb.IntegrationTests.Connections;
using DualDb.Testing;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>Transactions of two phases, which outlive their session and the server. Only a server of its own allows them.</summary>
public sealed class PreparedTransactionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prepared_transaction_is_told_when_it_is_committed_even_after_a_restart()
    {
        await using var servers = await LocalServers.StartAsync(options => options.PostgreSqlSettings["max_prepared_transactions"] = "5", Token);
        await using var database = Databases.Neon(servers.Neon.ConnectionString);
        await database.InstallAsync(ChangeLogSchema.Create, "create table items (id int primary key)", ChangeLogTriggers.Create("public", "items", ["id"]));
        var follower = await Follower.StartAsync(database, "items");
        await database.ExecuteAsync($"begin; insert into items values (1); prepare transaction 'kept'", Token);
        await database.ExecuteAsync($"begin; insert into items values (2); prepare transaction 'dropped'", Token);
        await database.ExecuteAsync($"insert into items values (3)", Token);
        Assert.Equal(["""{"id": 3}"""], (await follower.ReadAsync()).Select(static change => change.Key));

        await servers.Neon.RestartAsync(Token);
        Assert.Empty(await follower.ReadAsync());
        await database.ExecuteAsync($"rollback prepared 'dropped'", Token);
        await database.ExecuteAsync($"commit prepared 'kept'", Token);
        Assert.Equal(["""{"id": 1}"""], (await follower.ReadAsync()).Select(static change => change.Key));
        Assert.Empty(await follower.ReadAsync());
    }
}
