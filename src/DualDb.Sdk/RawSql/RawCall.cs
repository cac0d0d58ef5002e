using DualDb.Users;
using Npgsql;

namespace DualDb.RawSql;

/// <summary>A statement of the user's own that is ready to be sent: alone, or behind the role and claims of whom it is sent as.</summary>
internal sealed class RawCall : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly NpgsqlCommand? _command;
    private readonly NpgsqlBatch? _batch;
    private UserSession? _session;

    /// <summary>Makes the call; a hole that cannot be sent is refused here, before a connection is asked for.</summary>
    /// <param name="database">The database.</param>
    /// <param name="sql">The statement.</param>
    /// <param name="isAlone">Whether it is sent outside of a transaction, which would be its user's already.</param>
    public RawCall(PostgresDatabase database, SqlInterpolation sql, bool isAlone)
    {
        _database = database;
        if (isAlone && database.ActsAs is not null)
        {
            _batch = new NpgsqlBatch { BatchCommands = { sql.CreateBatchCommand() } };
        }
        else
        {
            _command = sql.CreateCommand();
        }
    }

    /// <summary>The connection that it is sent over.</summary>
    public NpgsqlConnection? Connection => _batch is null ? _command!.Connection : _batch.Connection;

    /// <summary>Takes a transaction's connection.</summary>
    public void Join(DatabaseTransaction transaction) => _command!.Connection = transaction.Connection;

    /// <summary>Takes a connection of its own, which the caller gives back.</summary>
    public async ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_batch is null)
        {
            return _command!.Connection = await _database.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        _session = await _database.ActsAs!.SessionAsync(cancellationToken).ConfigureAwait(false);
        UserPreamble.AddTo(_batch, _session);
        return _batch.Connection = await _database.OpenAsync(_session, cancellationToken).ConfigureAwait(false);
    }

    public async Task<NpgsqlDataReader> ExecuteReaderAsync(CancellationToken cancellationToken)
        => _batch is null
            ? await _command!.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false)
            : await UserPreamble.ReadAsync(_database, _batch, _session!, cancellationToken).ConfigureAwait(false);

    public async Task<int> ExecuteNonQueryAsync(CancellationToken cancellationToken)
    {
        if (_batch is null)
        {
            return await _command!.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        var reader = await ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return reader.RecordsAffected;
    }

    public ValueTask DisposeAsync() => _batch?.DisposeAsync() ?? _command!.DisposeAsync();
}
