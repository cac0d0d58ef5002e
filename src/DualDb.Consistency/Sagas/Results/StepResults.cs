using DualDb.Consistency.Sagas.Journal;
using Npgsql;

namespace DualDb.Consistency.Sagas.Results;

/// <summary>What the steps of an instance have left behind in one database.</summary>
internal static class StepResults
{
    public static ValueTask<List<StoredResult>> LoadAsync(PostgresDatabase database, string saga, string id, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Reading results of a saga",
            async (connection, token) =>
            {
                using var command = new NpgsqlCommand(ResultSql.All, connection);
                command.Parameters.Text(saga);
                command.Parameters.Text(id);
                return await command.ListAsync(Read, token).ConfigureAwait(false);
            },
            cancellationToken);

    public static StoredResult Read(NpgsqlDataReader reader)
        => new(reader.GetString(0), string.Equals(reader.GetString(1), "compensation", StringComparison.Ordinal), reader.TextOrNull(2), reader.GetBoolean(3));
}
