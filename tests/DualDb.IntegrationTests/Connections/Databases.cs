using DualDb.Testing;

namespace DualDb.IntegrationTests.Connections;

/// <summary>Databases of the SDK on the shared servers.</summary>
internal static class Databases
{
    /// <summary>A Neon database at an address.</summary>
    public static NeonDatabase Neon(string connectionString, Action<DatabaseOptions>? configure = null)
    {
        var options = new DatabaseOptions { ConnectionString = connectionString, RetryDelay = TimeSpan.FromMilliseconds(20) };
        configure?.Invoke(options);
        return new NeonDatabase(options);
    }

    /// <summary>A Supabase database at an address.</summary>
    public static SupabaseDatabase Supabase(string connectionString, Action<DatabaseOptions>? configure = null)
    {
        var options = new DatabaseOptions { ConnectionString = connectionString, RetryDelay = TimeSpan.FromMilliseconds(20) };
        configure?.Invoke(options);
        return new SupabaseDatabase(options);
    }

    /// <summary>A fresh table with the columns of the caller's; its name is unique, so that tests run side by side.</summary>
    public static async Task<SqlFragment> CreateTableAsync(this PostgresDatabase database, string columns)
    {
        var table = SqlFragment.Identifier($"t_{Guid.NewGuid():n}");
        await database.ExecuteAsync($"create table {table} ({SqlFragment.Raw(columns)})", TestContext.Current.CancellationToken);
        return table;
    }

    /// <summary>How many rows a table holds, as a connection of its own sees them.</summary>
    public static Task<long> CountAsync(this PostgresDatabase database, SqlFragment table)
        => database.ExecuteScalarAsync<long>($"select count(*) from {table}", TestContext.Current.CancellationToken);

    /// <summary>A server's address with another password.</summary>
    public static string WithPassword(this LocalPostgres server, string password)
        => new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = password }.ConnectionString;
}
