using DualDb.Users;
using Npgsql;

namespace DualDb.Sql;

/// <summary>A reader that hands out rows as they arrive, with what must be disposed after it.</summary>
internal sealed class OpenRows : IAsyncDisposable
{
    // More than a read buffer (8 KB) holds of all but the narrowest rows.
    private const int ArrivedRows = 500;

    private readonly IAsyncDisposable _command;
    private readonly Action _cancel;
    private readonly NpgsqlConnection? _owned;
    private bool _exhausted;

    private OpenRows(IAsyncDisposable command, Action cancel, NpgsqlDataReader reader, NpgsqlConnection? owned)
    {
        _command = command;
        _cancel = cancel;
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
            return new OpenRows(command, command.Cancel, reader, ownsConnection ? connection : null);
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

    /// <summary>Sends a command as a user, on a connection of its own.</summary>
    public static async Task<OpenRows> OpenAsUserAsync(PostgresDatabase database, ActingUser user, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var session = await user.SessionAsync(cancellationToken).ConfigureAwait(false);
        var connection = await database.OpenAsync(session, cancellationToken).ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        try
        {
            UserPreamble.AddTo(batch, session);
            var reader = await UserPreamble.ReadAsync(database, batch, session, cancellationToken).ConfigureAwait(false);
            return new OpenRows(batch, batch.Cancel, reader, connection);
        }
        catch
        {
            await batch.DisposeAsync().ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
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
    /// A caller that leaves early must not wait for the rest of a large table, which disposing the reader would read. Not in a
    /// transaction: a cancellation would abort it.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!_exhausted && _owned is not null)
        {
            await IgnoreFailureAsync(AbandonAsync()).ConfigureAwait(false);
        }

        await IgnoreFailureAsync(Reader.DisposeAsync()).ConfigureAwait(false);
        await _command.DisposeAsync().ConfigureAwait(false);
        if (_owned is not null)
        {
            await _owned.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// What has arrived already is read to its end, since a cancellation is dear (it opens a connection of its own) and blunt (behind a
    /// pooler it can meet the statement of the server's next user). Where more is to come, it is the lesser evil.
    /// </summary>
    private async ValueTask AbandonAsync()
    {
        for (var row = 0; row < ArrivedRows; row++)
        {
            var next = Reader.ReadAsync(CancellationToken.None);
            if (!next.IsCompleted)
            {
                _cancel();
                await next.ConfigureAwait(false);
                return;
            }

            if (!await next.ConfigureAwait(false))
            {
                return;
            }
        }

        _cancel();
    }

    /// <summary>
    /// What fails now is the answer to our own cancellation, or lies in rows that nobody wants any more. Raised, it would hide the
    /// exception for which the caller may have left.
    /// </summary>
    private static async ValueTask IgnoreFailureAsync(ValueTask work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
        }
    }
}
