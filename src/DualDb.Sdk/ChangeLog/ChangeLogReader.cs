using System.Globalization;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.ChangeLog;

/// <summary>
/// Reads the committed changes of one database's log, each exactly once along a chain of positions, as soon as they are visible: a transaction
/// that stays open holds back its own changes and nobody else's. Keeps nothing: one instance serves any number of chains, from any thread.
/// </summary>
/// <remarks>
/// Exact as long as the database keeps what it has acknowledged. A server that loses commits in a crash (<c>synchronous_commit</c> off) may give
/// their transaction ids to others, whose changes a position then takes for read.
/// </remarks>
/// <param name="database">The database.</param>
/// <param name="part">What of the log is read; null for all.</param>
internal sealed class ChangeLogReader(PostgresDatabase database, ChangeLogPart? part = null)
{
    /// <summary>About 16 MB of text: a page of wide rows ends here, whatever its limit.</summary>
    private const int MaxPageCharacters = 8 * 1024 * 1024;

    private readonly string _firstPage = ChangeLogSql.FirstPage(part is null ? "" : ChangeLogSql.Part(3));
    private readonly string _nextPage = ChangeLogSql.NextPage(part is null ? "" : ChangeLogSql.Part(5));

    /// <summary>The present: what is committed already lies before it, what commits later is read after it.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DualDbException">The log is missing, cannot be read here or cannot be reached.</exception>
    public ValueTask<ChangeLogPosition> BeginAsync(CancellationToken cancellationToken) => RunAsync(NowAsync, cancellationToken);

    /// <summary>Reads what became visible since a position.</summary>
    /// <param name="since">The position that the last page gave.</param>
    /// <param name="limit">How many changes a page holds at most; 1 or more.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="DualDbException">The log is missing, cannot be read here or cannot be reached.</exception>
    public ValueTask<ChangePage> ReadAsync(ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(since);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return RunAsync((connection, token) => PageAsync(connection, since, limit, token), cancellationToken);
    }

    private async ValueTask<ChangeLogPosition> NowAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(ChangeLogSql.Now, connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await HeadAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ChangePage> PageAsync(NpgsqlConnection connection, ChangeLogPosition since, int limit, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(since.Reading is null ? _firstPage : _nextPage, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = since.Seen, NpgsqlDbType = NpgsqlDbType.Text });

        // One more than asked for tells whether there are more.
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit + 1L });
        if (since.Reading is not null)
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = since.Reading, NpgsqlDbType = NpgsqlDbType.Text });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = since.After });
        }

        part?.AddTo(command.Parameters);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var now = await HeadAsync(reader, cancellationToken).ConfigureAwait(false);
        if (GapOf(reader, since, now) is var gap and not ChangeLogGap.None)
        {
            return new ChangePage([], now, HasMore: false, gap);
        }

        var (changes, hasMore) = await ChangesAsync(reader, limit, cancellationToken).ConfigureAwait(false);
        var read = since.Reading ?? now.Seen;
        return new ChangePage(
            changes,
            hasMore ? since with { Reading = read, After = changes[^1].Id } : now with { Seen = read },
            hasMore,
            ChangeLogGap.None);
    }

    private static ChangeLogGap GapOf(NpgsqlDataReader reader, ChangeLogPosition since, ChangeLogPosition now)
    {
        var isAhead = reader.GetBoolean(2);
        return isAhead || !string.Equals(since.History, now.History, StringComparison.Ordinal) ? ChangeLogGap.AnotherHistory
            : reader.GetBoolean(3) ? ChangeLogGap.Purged
            : ChangeLogGap.None;
    }

    private async ValueTask<ChangeLogPosition> HeadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        if (!await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new SchemaMismatchException(
                $"The change log in {database.Kind} has lost its row in dualdb.change_log_state. Drop the schema dualdb and create the tables again.") { Database = database.Kind };
        }

        return await reader.IsDBNullAsync(0, cancellationToken).ConfigureAwait(false)
            ? throw new DualDbConfigurationException(
                $"The change log in {database.Kind} is read on a standby, where running transactions cannot be told. Connect to the primary.")
            : new ChangeLogPosition(reader.GetString(0), reader.GetString(1), Reading: null, After: 0);
    }

    private static async ValueTask<(List<LoggedChange> Changes, bool HasMore)> ChangesAsync(NpgsqlDataReader reader, int limit, CancellationToken cancellationToken)
    {
        var changes = new List<LoggedChange>();
        var characters = 0;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (changes.Count == limit || characters > MaxPageCharacters)
            {
                return (changes, HasMore: true);
            }

            var change = Read(reader);
            characters += (change.Old?.Length ?? 0) + (change.New?.Length ?? 0);
            changes.Add(change);
        }

        return (changes, HasMore: false);
    }

    private static LoggedChange Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(4),
        ulong.Parse(reader.GetString(5), NumberStyles.None, CultureInfo.InvariantCulture),
        reader.GetFieldValue<DateTimeOffset>(6),
        reader.GetString(7),
        reader.GetString(8),
        reader.GetString(9) switch
        {
            "I" => ChangeOperation.Insert,
            "U" => ChangeOperation.Update,
            "D" => ChangeOperation.Delete,
            _ => ChangeOperation.Truncate,
        },
        Text(reader, 10),
        Text(reader, 11),
        Text(reader, 12),
        Text(reader, 13),
        Text(reader, 14))
    {
        Base = reader.IsDBNull(15) ? null : reader.GetInt64(15),
        Version = reader.IsDBNull(16) ? null : reader.GetInt64(16),
        SchemaVersion = reader.IsDBNull(17) ? null : reader.GetInt32(17),
        Trace = Text(reader, 18),
    };

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    /// <summary>Repeated where the connection fails: the same position then gives the same changes, and perhaps more.</summary>
    private async ValueTask<T> RunAsync<T>(Func<NpgsqlConnection, CancellationToken, ValueTask<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await OnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (database.MayRetry(exception, writes: false))
            {
                // Retried below, outside the handler.
            }

            return await database.RetriesFor(writes: false).ExecuteAsync(OnceAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw ErrorTranslator.Translate(exception, database.Kind, entity: null, "Reading the change log");
        }

        async ValueTask<T> OnceAsync(CancellationToken token)
        {
            var connection = await database.OpenAsync(token).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            return await read(connection, token).ConfigureAwait(false);
        }
    }
}
