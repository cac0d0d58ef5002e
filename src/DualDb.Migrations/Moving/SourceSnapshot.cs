using System.Data;
using DualDb.ChangeLog;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>A moment of the database that a table comes from: rows and log are read as they were then.</summary>
internal sealed class SourceSnapshot : IAsyncDisposable
{
    private readonly NpgsqlTransaction _transaction;

    private SourceSnapshot(NpgsqlConnection connection, NpgsqlTransaction transaction, ChangeLogPosition position)
    {
        Connection = connection;
        _transaction = transaction;
        Position = position;
    }

    public NpgsqlConnection Connection { get; }

    /// <summary>The moment: what was committed before lies before it.</summary>
    public ChangeLogPosition Position { get; }

    /// <summary>Takes one.</summary>
    /// <param name="source">The database; its log has to be there.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task<SourceSnapshot> TakeAsync(PostgresDatabase source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
            await MoveSession.SetReadingAsync(connection, cancellationToken).ConfigureAwait(false);
            return new SourceSnapshot(connection, transaction, await PositionAsync(connection, cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Whether the log can no longer tell what was changed since an earlier position: it was purged, or is another one.</summary>
    public async Task<bool> HasGapAsync(ChangeLogPosition since, CancellationToken cancellationToken)
    {
        if (!string.Equals(since.History, Position.History, StringComparison.Ordinal))
        {
            return true;
        }

        using var command = new NpgsqlCommand(
            "select purged >= pg_snapshot_xmin($1::text::pg_snapshot) or pg_snapshot_xmax($2::text::pg_snapshot) < pg_snapshot_xmax($3::text::pg_snapshot) from dualdb.change_log_state", Connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = since.Seen }, new NpgsqlParameter<string> { TypedValue = Position.Seen }, new NpgsqlParameter<string> { TypedValue = since.Reading ?? since.Seen } },
        };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not false;
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync().ConfigureAwait(false);
        await Connection.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<ChangeLogPosition> PositionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(ChangeLogSql.Now, connection);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) && !await reader.IsDBNullAsync(0, cancellationToken).ConfigureAwait(false)
            ? new ChangeLogPosition(reader.GetString(0), reader.GetString(1), Reading: null, After: 0)
            : throw new DualDbConfigurationException("The change log cannot be read here: its state is gone, or the database is a standby. Connect to the primary.");
    }
}
