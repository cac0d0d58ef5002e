using Npgsql;

namespace DualDb.Testing.Tests;

internal static class Sql
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A connection string whose connections are closed when disposed of.</summary>
    public static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    public static async Task<NpgsqlConnection> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync(Token);
        return connection;
    }

    public static async Task<object?> ScalarAsync(this NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Token);
    }

    public static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = await OpenAsync(connectionString);
        return await connection.ScalarAsync(sql);
    }
}
