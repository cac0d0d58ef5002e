using DualDb.Consistency.Schema;
using System.Globalization;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>The databases that handlers write to, and the inbox in each.</summary>
internal sealed class EventTargets(IDualDatabase root)
{
    /// <summary>The rows come first and lock the event: a second node that handles the same one waits for the end of the first, and then finds it handled.</summary>
    private const string Receive = "insert into dualdb.inbox (event_id, handler) select e, $2 from unnest($1) e on conflict do nothing returning event_id";

    /// <summary>
    /// Only for this transaction. A node that is frozen in the middle of one must not hold up the others for ever: the server ends its transaction, and what it still sends fails. Nor does this one
    /// wait for another's longer than that.
    /// </summary>
    private const string Limits = "select pg_catalog.set_config('idle_in_transaction_session_timeout', $1, true), pg_catalog.set_config('lock_timeout', $1, true), pg_catalog.set_config('statement_timeout', $1, true)";

    public PostgresDatabase Of(Database database) => database == Database.Neon ? root.Neon : root.Supabase;

    /// <summary>Begins a transaction and receives events in it.</summary>
    /// <param name="database">Where.</param>
    /// <param name="handler">By whom.</param>
    /// <param name="events">The events' ids.</param>
    /// <param name="timeout">How long the handler has.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The transaction, and the events that were not handled before.</returns>
    public async Task<(DatabaseTransaction Transaction, HashSet<Guid> Fresh)> BeginAsync(Database database, string handler, Guid[] events, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var transaction = await Of(database).BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return (transaction, await ReceiveAsync(transaction, handler, events, timeout, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            if (exception is OperationCanceledException)
            {
                throw;
            }

            throw Publishing.OutboxFailure.Explain(exception, database) ?? ErrorTranslator.Translate(exception, database, entity: null, "Receiving events");
        }
    }

    private static async Task<HashSet<Guid>> ReceiveAsync(DatabaseTransaction transaction, string handler, Guid[] events, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var milliseconds = ((long)timeout.TotalMilliseconds + 1000).ToString(CultureInfo.InvariantCulture);
        using var batch = new NpgsqlBatch(transaction.Connection);
        batch.BatchCommands.Add(DatabaseCall.Command(Limits, DatabaseCall.Parameter(milliseconds)));
        batch.BatchCommands.Add(DatabaseCall.Command(Receive, DatabaseCall.Parameter(events, NpgsqlDbType.Uuid), DatabaseCall.Parameter(handler)));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var fresh = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            fresh.Add(reader.GetGuid(0));
        }

        return fresh;
    }
}
