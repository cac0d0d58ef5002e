using System.Diagnostics;
using DualDb.Connections;
using DualDb.Diagnostics;
using DualDb.Diagnostics.Calls;
using DualDb.Errors;
using DualDb.Mapping;
using DualDb.Rest;
using DualDb.Users;
using Npgsql;

namespace DualDb.Sql;

/// <summary>
/// Several reads of one database in one round trip, under the rules of <see cref="StatementExecutor"/>: parameters are bound before a
/// connection is asked for, what may be repeated is repeated, and what fails is told in the SDK's own exceptions.
/// </summary>
internal sealed class BatchCall
{
    private readonly PostgresDatabase _database;
    private readonly string _operation;
    private readonly IReadOnlyList<IBatchRead> _reads;
    private readonly List<IBatchRead> _owners = [];
    private readonly string _sql;
    private NpgsqlBatch? _bound;

    /// <summary>Binds the parameters of the first attempt.</summary>
    /// <param name="database">The database that is asked.</param>
    /// <param name="subject">What asks, for traces.</param>
    /// <param name="operation">The public method.</param>
    /// <param name="reads">What is read, at least one.</param>
    /// <exception cref="InvalidEntityException">A value does not fit its column.</exception>
    public BatchCall(PostgresDatabase database, string subject, string operation, IReadOnlyList<IBatchRead> reads)
    {
        _database = database;
        Subject = subject;
        _operation = operation;
        _reads = reads;
        _bound = Bind();
        _sql = _bound.BatchCommands.Count > 0 ? _bound.BatchCommands[0].CommandText : "";
        if (database.Rest is not null)
        {
            // Bound only for the values to be looked at.
            _bound.Dispose();
        }
    }

    /// <summary>What asks.</summary>
    public string Subject { get; }

    /// <summary>The database that is asked.</summary>
    public Database Database => _database.Kind;

    /// <summary>What is read.</summary>
    public IReadOnlyList<IBatchRead> Reads => _reads;

    /// <summary>The read whose statement or answer failed; null where the batch failed as a whole.</summary>
    public IBatchRead? AtFault { get; private set; }

    /// <summary>Sends the batch and reads all answers.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var activity = StatementActivity.StartBatch(Subject, _operation, _database.Kind, _bound!);
        var began = CallTiming.Begin(_database);
        try
        {
            await SendAsync(activity, cancellationToken).ConfigureAwait(false);
            CallTiming.Succeeded(_database, began, Subject, _operation, _sql);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failure = Fail(activity, exception);
            CallTiming.Failed(_database, began, Subject, _operation, failure);
            throw failure;
        }
    }

    private async Task SendAsync(Activity? activity, CancellationToken cancellationToken)
    {
        if (_database.Rest is { } rest)
        {
            await Task.WhenAll(_reads.Select(read => RunAsync(read, rest, cancellationToken))).ConfigureAwait(false);
            return;
        }

        try
        {
            await AttemptAsync(cancellationToken).ConfigureAwait(false);
            return;
        }
        catch (Exception exception) when (_database.MayRetry(exception, writes: false))
        {
            StatementActivity.Retried(activity, exception);
        }

        await _database.RetriesFor(writes: false).ExecuteAsync(
            static (call, token) => call.AttemptAsync(token), this, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(IBatchRead read, RestClient rest, CancellationToken cancellationToken)
    {
        try
        {
            await read.RunAsync(rest, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            AtFault = read;
            throw;
        }
    }

    private async ValueTask AttemptAsync(CancellationToken cancellationToken)
    {
        using var batch = Interlocked.Exchange(ref _bound, null) ?? Bind();
        AtFault = null;
        var session = _database.ActsAs is { } user ? await user.SessionAsync(cancellationToken).ConfigureAwait(false) : null;
        if (session is not null)
        {
            UserPreamble.AddTo(batch, session);
        }

        var connection = await _database.OpenAsync(session, cancellationToken).ConfigureAwait(false);
        await using var returned = connection.ConfigureAwait(false);
        batch.Connection = connection;
        await ReadAsync(batch, session, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadAsync(NpgsqlBatch batch, UserSession? session, CancellationToken cancellationToken)
    {
        var reader = await OpenAsync(batch, session, cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        for (var statement = 0; statement < _owners.Count; statement++)
        {
            // The server answers one statement after another, and a failure takes the place of the failed one's answer.
            AtFault = _owners[statement];
            if (statement > 0)
            {
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            }

            await _owners[statement].ReadAsync(reader, cancellationToken).ConfigureAwait(false);
        }

        AtFault = null;
    }

    private async Task<NpgsqlDataReader> OpenAsync(NpgsqlBatch batch, UserSession? session, CancellationToken cancellationToken)
    {
        try
        {
            return session is not null
                ? await UserPreamble.ReadAsync(_database, batch, session, cancellationToken).ConfigureAwait(false)
                : await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (!TransientErrors.IsConnectionBroken(exception))
        {
            AtFault = _owners[0];
            throw;
        }
    }

    /// <summary>What an earlier attempt has read is forgotten: its connection broke in the middle of the answers.</summary>
    private NpgsqlBatch Bind()
    {
        var batch = new NpgsqlBatch();
        _owners.Clear();
        foreach (var read in _reads)
        {
            read.Clear();
            try
            {
                foreach (var command in read.Commands())
                {
                    batch.BatchCommands.Add(command);
                    _owners.Add(read);
                }
            }
            catch (ColumnValueException exception)
            {
                throw ErrorTranslator.Translate(exception, _database.Kind, read.Entity, _operation);
            }
        }

        return batch;
    }

    private Exception Fail(Activity? activity, Exception exception)
    {
        if (TransientErrors.IsConnectionBroken(exception))
        {
            _database.ForgetBrokenConnections();
        }

        var failure = ErrorTranslator.Translate(exception, _database.Kind, (AtFault ?? _reads[0]).Entity, _operation);
        ActivityFailure.Set(activity, failure);
        return failure;
    }
}
