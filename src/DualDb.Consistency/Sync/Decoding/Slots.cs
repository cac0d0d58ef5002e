using System.Globalization;
using DualDb.Consistency.Schema;
using Npgsql;

namespace DualDb.Consistency.Sync.Decoding;

/// <summary>Makes, looks at and drops the slots through which a database's change log is decoded.</summary>
internal sealed class Slots(PostgresDatabase source)
{
    public Task<SlotState> FindAsync(int part, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(source, "Looking at a replication slot", [DatabaseCall.Command(SlotSql.State, DatabaseCall.Parameter(part))], ReadAsync, cancellationToken);

    /// <summary>Makes what is missing; also anew what can never be read from again, where that is asked for.</summary>
    /// <exception cref="DualDbConfigurationException">The server or the login role does not allow it.</exception>
    public async Task CreateAsync(int parts, bool renew, CancellationToken cancellationToken)
    {
        try
        {
            await DatabaseCall.RunAsync(source, "Publishing the change log", [DatabaseCall.Command(SlotSql.Publish)], cancellationToken).ConfigureAwait(false);
            for (var part = 0; part < parts; part++)
            {
                var state = await FindAsync(part, cancellationToken).ConfigureAwait(false);
                if (renew && state is { IsSpoilt: true, ActivePid: null })
                {
                    await DatabaseCall.RunAsync(source, "Dropping a replication slot", [Named(SlotSql.Drop, state)], cancellationToken).ConfigureAwait(false);
                }

                // A statement alone: a slot is not made in a transaction that has written.
                await DatabaseCall.RunAsync(source, "Making a replication slot", [Named(SlotSql.Create, state)], cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DualDbException failure) when (DecodingRefusal.Of(failure, source) is not null)
        {
            throw DecodingRefusal.Of(failure, source)!;
        }
    }

    /// <returns>Whether any is left, since somebody reads from it.</returns>
    public async Task<bool> DropAsync(CancellationToken cancellationToken)
    {
        var isLeft = await DatabaseCall.RunAsync(source, "Dropping replication slots", [DatabaseCall.Command(SlotSql.DropAll)], ReadLeftAsync, cancellationToken).ConfigureAwait(false);
        if (!isLeft)
        {
            await DatabaseCall.RunAsync(source, "Ending the publication of the change log", [DatabaseCall.Command(SlotSql.Unpublish)], cancellationToken).ConfigureAwait(false);
        }

        return isLeft;
    }

    public Task<long?> RetainedAsync(CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            source,
            "Looking at replication slots",
            [DatabaseCall.Command(SlotSql.Retained)],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && !reader.IsDBNull(0) ? (long?)reader.GetInt64(0) : null,
            cancellationToken);

    /// <summary>Ends whoever reads from a slot: it is for whoever holds the lease, which is the caller.</summary>
    public Task TerminateReaderAsync(SlotState state, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(source, "Ending a reader of a replication slot", [DatabaseCall.Command(SlotSql.Terminate, DatabaseCall.Parameter(state.Name), DatabaseCall.Parameter(state.ActivePid!.Value))], cancellationToken);

    public Task<bool> IsReadByAsync(string slot, string application, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            source,
            "Looking at a replication slot",
            [DatabaseCall.Command(SlotSql.IsRead, DatabaseCall.Parameter(slot), DatabaseCall.Parameter(application))],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0),
            cancellationToken);

    /// <summary>Waits until snapshots see a transaction that was decoded: its commit is written down before it is.</summary>
    public async Task UntilVisibleAsync(ulong transaction, CancellationToken cancellationToken)
    {
        var text = transaction.ToString(CultureInfo.InvariantCulture);
        while (!await DatabaseCall.AskAsync(
            source,
            "Looking at a transaction",
            [DatabaseCall.Command(SlotSql.IsVisible, DatabaseCall.Parameter(text))],
            static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) && reader.GetBoolean(0),
            cancellationToken).ConfigureAwait(false))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), source.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static NpgsqlBatchCommand Named(string sql, SlotState state) => DatabaseCall.Command(sql, DatabaseCall.Parameter(state.Name));

    private static async Task<SlotState> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new SlotState(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetBoolean(2),
            reader.IsDBNull(3) ? null : reader.GetString(3),
            reader.IsDBNull(4) ? null : reader.GetInt32(4),
            reader.IsDBNull(5) ? null : reader.GetString(5),
            reader.GetInt64(6),
            reader.IsDBNull(7) ? null : reader.GetInt64(7),
            reader.IsDBNull(8) ? null : reader.GetString(8))
        {
            MaxSenders = reader.GetInt32(9),
            MaxSlots = reader.GetInt32(10),
        };
    }

    private static async Task<bool> ReadLeftAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var isLeft = false;
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            isLeft |= !reader.GetBoolean(1);
        }

        return isLeft;
    }
}
