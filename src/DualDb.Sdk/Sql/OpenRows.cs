using Npgsql;

namespace DualDb.Sql;

/// <summary>A reader that hands out rows as they arrive, with what must be disposed after it.</summary>
internal sealed class OpenRows : IAsyncDisposable
{
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlConnection? _owned;
    private bool _exhausted;

    private OpenRows(NpgsqlCommand command, NpgsqlDataReader reader, NpgsqlConnection? owned)
    {
        _command = command;
        Reader = reader;
        _owned = owned;
    }

    public NpgsqlDataReader Reader { get; }

    /// <summary>Sends the command; it is disposed of with the rows, and so is the connection where it is owned.</summary>
    public static async Task<OpenRows> OpenAsync(
        NpgsqlCommand command, NpgsqlConnection connection, bool ownsConnection, CancellationToken cancellationToken)
    {
        try
        {
            command.Connection = connection;
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            return new OpenRows(command, reader, ownsConnection ? connection : null);
        }
        catch
        {
            await command.DisposeAsync().ConfigureAwait(false);
            if (ownsConnection)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    public async Task<bool> AdvanceAsync(CancellationToken cancellationToken)
    {
        var found = await Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        _exhausted = !found;
        return found;
    }

    /// <summary>
    /// A caller that leaves early must not wait for the rest of a large table: the statement is cancelled first, or disposing
    /// the reader would read all that is left. Not in a transaction, which the cancellation would abort.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_exhausted && _owned is not null)
        {
            _command.Cancel();
        }

        await DisposeReaderAsync().ConfigureAwait(false);
        await _command.DisposeAsync().ConfigureAwait(false);
        if (_owned is not null)
        {
            await _owned.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask DisposeReaderAsync()
    {
        try
        {
            await Reader.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } or OperationCanceledException)
        {
            // The answer to our own cancellation.
        }
    }
}
