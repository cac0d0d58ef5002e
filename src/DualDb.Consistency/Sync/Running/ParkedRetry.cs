using System.Text.Json;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Feeding;
using DualDb.Mapping.Wire;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Tries again what was put aside: what a row refers to may be there by now.</summary>
internal sealed class ParkedRetry(PostgresDatabase target, Database source, int part, Guid owner, SyncOptions options)
{
    private const string Due = """
        select h.map, h.key from (
            select distinct on (map, key) map, key, next_attempt_at from dualdb.sync_parked where source = $1 order by map, key, id
        ) h
        where h.next_attempt_at <= clock_timestamp() and ($3 = 1 or abs(hashtextextended(h.key, 0) % $3) = $2)
        order by h.next_attempt_at
        limit 20
        """;

    private const string Take = """
        select change_id, operation, old::text, new::text, base, version, recorded_at, id from dualdb.sync_parked
        where source = $1 and map = $2 and key = $3 order by id for update
        """;

    /// <summary>Only what was taken: another node may have put more of the row aside meanwhile.</summary>
    private const string Delete = "delete from dualdb.sync_parked where id = any ($1)";

    private const string Failed = """
        update dualdb.sync_parked set attempts = attempts + 1, error = $4, next_attempt_at = clock_timestamp() + least(interval '1 second' * power(2, least(attempts, 10)), interval '10 minutes')
        where id = (select min(id) from dualdb.sync_parked where source = $1 and map = $2 and key = $3)
        """;

    /// <summary>Whoever pauses a map takes the position from its holder, and waits for what that one is doing: also for this, which does not move it.</summary>
    private const string Hold = "select 1 from dualdb.sync_positions where source = $1 and part = $2 and owner = $3 and stopped is null for share";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _lookedAt;

    /// <param name="routes">What this node carries: the rows of others are left to those that do.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    public async Task RunWhereDueAsync(IReadOnlyList<Route> routes, CancellationToken cancellationToken)
    {
        var now = target.Clock.GetTimestamp();
        if (_lookedAt != 0 && target.Clock.GetElapsedTime(_lookedAt, now) < Interval)
        {
            return;
        }

        _lookedAt = now;
        var due = await DatabaseCall.RunAsync(
            target,
            "Looking for what is put aside",
            [DatabaseCall.Command(Due, Site(), DatabaseCall.Parameter(part), DatabaseCall.Parameter(options.Parts))],
            ReadKeysAsync,
            cancellationToken).ConfigureAwait(false);
        foreach (var (map, key) in due)
        {
            if (routes.FirstOrDefault(route => string.Equals(route.Map.Name, map, StringComparison.Ordinal)) is { } route)
            {
                await RetryAsync(route, key, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task RetryAsync(Route route, string key, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await target.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            var page = new PageTransaction(transaction, source, options.Patience);
            await page.MarkAsync(cancellationToken).ConfigureAwait(false);
            await HoldAsync(transaction, cancellationToken).ConfigureAwait(false);
            var (changes, taken) = await TakeAsync(transaction, route, key, cancellationToken).ConfigureAwait(false);
            Require(changes);
            await page.ApplyAsync(changes, cancellationToken).ConfigureAwait(false);
            using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(Delete, DatabaseCall.Parameter(taken, NpgsqlDbType.Bigint)) } };
            await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception refusal) when (SyncApplier.IsRefusal(refusal))
        {
            await DatabaseCall.RunAsync(
                target,
                "Recording a refusal",
                [DatabaseCall.Command(Failed, Site(), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(key), DatabaseCall.Parameter(SyncApplier.Shown(refusal)))],
                cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException failure)
        {
            throw Errors.ErrorTranslator.Translate(failure, target.Kind, entity: null, "Trying again what was put aside");
        }
    }

    /// <exception cref="PositionLostException">It is another node's now, or was taken from this one.</exception>
    private async Task HoldAsync(DatabaseTransaction transaction, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands = { DatabaseCall.Command(Hold, Site(), new NpgsqlParameter<short> { TypedValue = (short)part, NpgsqlDbType = NpgsqlDbType.Smallint }, DatabaseCall.Parameter(owner)) },
        };
        if (await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            throw new PositionLostException();
        }
    }

    /// <summary>What was put aside since it lacks a column lacks it still: written, it would empty that column.</summary>
    private static void Require(List<RowChange> changes)
    {
        foreach (var change in changes.Where(static change => !change.IsGone))
        {
            using var document = JsonDocument.Parse(change.Document, DeepJson.Document);
            if (RowDocument.Missing(document.RootElement, change.Route.Columns.Select(static column => column.To)) is { } missing)
            {
                throw new RowRefusedException($"The row has nothing for the column {missing} of {change.Route.To}: {change.Route.From} was altered, and the map {change.Route.Map.Name} was not. Write the row again, or repair it, and discard this.", inner: null);
            }
        }
    }

    private async Task<(List<RowChange> Changes, long[] Ids)> TakeAsync(DatabaseTransaction transaction, Route route, string key, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection) { BatchCommands = { DatabaseCall.Command(Take, Site(), DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(key)) } };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        var (changes, ids) = (new List<RowChange>(), new List<long>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ids.Add(reader.GetInt64(7));
            var version = reader.IsDBNull(5) ? 0 : reader.GetInt64(5);
            changes.Add(new RowChange(
                route,
                reader.GetInt64(0),
                key,
                reader.GetString(3),
                IsGone: reader.GetString(1) is "D",
                reader.IsDBNull(2) ? null : reader.GetString(2),
                reader.IsDBNull(4) ? 0 : reader.GetInt64(4),
                version,
                version,
                reader.GetFieldValue<DateTimeOffset>(6)));
        }

        return (changes, [.. ids]);
    }

    private static async Task<List<(string Map, string Key)>> ReadKeysAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var keys = new List<(string, string)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            keys.Add((reader.GetString(0), reader.GetString(1)));
        }

        return keys;
    }

    private NpgsqlParameter Site() => new NpgsqlParameter<short> { TypedValue = (short)source, NpgsqlDbType = NpgsqlDbType.Smallint };
}
