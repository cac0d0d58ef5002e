using DualDb.Errors;
using Npgsql;

namespace DualDb.ChangeLog;

/// <summary>Removes old changes from one database's log. Several nodes may do so at once.</summary>
internal sealed class ChangeLogPurge(PostgresDatabase database)
{
    /// <summary>How long changes are kept unless said otherwise: a day, which a reader that was away may come back within.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromHours(24);

    /// <summary>Small enough that a batch holds its locks for moments only.</summary>
    private const int BatchSize = 5_000;

    /// <summary>
    /// Removes the changes that were made longer ago than <paramref name="retention"/>, batch by batch, each committed on its own. Changes not
    /// below every running transaction stay until those have ended.
    /// </summary>
    /// <param name="retention">How long changes are kept, by the database's clock; zero or more.</param>
    /// <param name="cancellationToken">Ends the work between or within batches; what was removed until then stays removed.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="DualDbException">The log is missing or cannot be reached.</exception>
    public async Task<long> RunAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(retention, TimeSpan.Zero);
        var total = 0L;
        long batch;
        do
        {
            batch = await BatchAsync(retention, cancellationToken).ConfigureAwait(false);
            total += batch;
        }
        while (batch == BatchSize);

        return total;
    }

    private async Task<long> BatchAsync(TimeSpan retention, CancellationToken cancellationToken)
    {
        try
        {
            var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(ChangeLogSql.Purge, connection);
            command.Parameters.Add(new NpgsqlParameter<double> { TypedValue = retention.TotalSeconds });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
            return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Purging the change log");
        }
    }
}
