using DualDb.ChangeLog;
using DualDb.IntegrationTests.Connections;
using DualDb.IntegrationTests.Repositories.Places;
using Npgsql;

namespace DualDb.IntegrationTests.ChangeLog;

/// <summary>A database with a change log, reached directly and through PgBouncer, and tables under the log.</summary>
public sealed class ChangeLogPlace(ShapeServers servers) : IAsyncLifetime
{
    private NeonDatabase? _direct;
    private NeonDatabase? _pooled;
    private NpgsqlDataSource? _writers;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public NpgsqlDataSource Writers => _writers!;

    /// <summary>The database's own address.</summary>
    public string Address { get; private set; } = "";

    public NeonDatabase this[Endpoint endpoint] => endpoint == Endpoint.Direct ? _direct! : _pooled!;

    public async ValueTask InitializeAsync()
    {
        Address = await servers.Servers.Neon.CreateDatabaseAsync($"change_log_{Guid.NewGuid():n}", Token);
        _direct = Databases.Neon(Address);
        _pooled = Databases.Neon(servers.NeonPooler.Rewrite(Address));
        _writers = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(Address) { MaxPoolSize = 20, ApplicationName = "writers" });
        await _direct.InstallAsync(ChangeLogSchema.Create);
    }

    /// <summary>Makes a table under the log, named after the test or given a name of its own.</summary>
    /// <returns>Its name, quoted.</returns>
    public async Task<string> CreateTableAsync(string columns, string[] key, string? name = null)
    {
        name ??= $"t_{Guid.NewGuid():n}";
        var table = SqlFragment.Identifier(name).Text;
        await this[Endpoint.Direct].InstallAsync($"create table {table} ({columns})", ChangeLogTriggers.Create("public", name, key));
        return table;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Writers.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    public async Task<object?> ScalarAsync(string sql)
    {
        await using var command = Writers.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { _direct, _pooled, _writers })
        {
            if (part is not null)
            {
                await part.DisposeAsync();
            }
        }
    }
}
