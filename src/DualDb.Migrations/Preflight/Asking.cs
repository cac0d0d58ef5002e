using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.Preflight;

/// <summary>Asks a database for rows, outside of transactions.</summary>
internal static class Asking
{
    /// <summary>The rows of a query.</summary>
    public static async Task<IReadOnlyList<T>> ListAsync<T>(PostgresDatabase database, string sql, IReadOnlyList<NpgsqlParameter> parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    public static NpgsqlParameter Text(string value) => new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    public static NpgsqlParameter Texts(IEnumerable<string> values) => new NpgsqlParameter<string[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    public static NpgsqlParameter Truths(IEnumerable<bool> values) => new NpgsqlParameter<bool[]> { TypedValue = [.. values], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Boolean };

    public static NpgsqlParameter Site(Database database) => new NpgsqlParameter<short> { TypedValue = (short)database, NpgsqlDbType = NpgsqlDbType.Smallint };
}
