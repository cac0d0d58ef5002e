using Npgsql;

namespace DualDb.Consistency.Sagas.Journal;

/// <summary>Reads rows.</summary>
internal static class Reading
{
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>A time in seconds; one beyond what a <see cref="TimeSpan"/> holds is its end.</summary>
    public static TimeSpan? SecondsOrNull(this NpgsqlDataReader reader, int column)
        => reader.IsDBNull(column) ? null : TimeSpan.FromSeconds(Math.Clamp(reader.GetDouble(column), -1e9, 1e9));

    public static async ValueTask<List<T>> ListAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await reader.ListAsync(read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of the current result.</summary>
    public static async ValueTask<List<T>> ListAsync<T>(this NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
