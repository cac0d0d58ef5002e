using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Applying;
using DualDb.Consistency.Sync.Recording;
using DualDb.Consistency.Sync.Running;
using DualDb.Errors;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Backfill;

/// <summary>Copies the rows that were there before the synchronisation, chunk by chunk in the order of their keys, each when the other side has the one before it.</summary>
internal sealed class SyncBackfill(PostgresDatabase source, PostgresDatabase target, Route route, SyncOptions options)
{
    private const string Begin = """
        insert into dualdb.sync_backfills as b (map) values ($1) on conflict (map) do update set
            last_key = case when b.finished_at is null then b.last_key end,
            rows = case when b.finished_at is null then b.rows else 0 end,
            started_at = case when b.finished_at is null then b.started_at else clock_timestamp() end,
            finished_at = null
        returning last_key::text, rows, (select nullif(reltuples, -1)::bigint from pg_class where oid = to_regclass($2))
        """;

    private const string Step = "update dualdb.sync_backfills set last_key = $2, rows = rows + $3, finished_at = case when $4 then clock_timestamp() end where map = $1 returning rows";

    private readonly WordSql _sql = new(route);

    public async Task<BackfillProgress> RunAsync(IProgress<BackfillProgress>? progress, CancellationToken cancellationToken)
    {
        var (last, rows, estimate) = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var wait = new SyncWait(source, target, [route]);
        while (true)
        {
            var chunk = await ChunkAsync(last, cancellationToken).ConfigureAwait(false);
            (last, rows) = (chunk.LastKey ?? last, chunk.Total);
            var reached = new BackfillProgress(route.Map.Name, source.Kind, rows, estimate, chunk.Rows < options.BackfillChunk);
            progress?.Report(reached);
            await wait.RunAsync(new SyncToken(source.Kind, chunk.Snapshot), options.BackfillPatience, cancellationToken).ConfigureAwait(false);
            if (reached.IsFinished)
            {
                await MapRecording.CompleteAsync(target, route, cancellationToken).ConfigureAwait(false);
                return reached;
            }
        }
    }

    private Task<(string? Last, long Rows, long? Estimate)> BeginAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            source,
            $"Beginning the backfill of {route.Map.Name}",
            [DatabaseCall.Command(Begin, DatabaseCall.Parameter(route.Map.Name), DatabaseCall.Parameter(route.From.Quoted))],
            static async (reader, token) =>
            {
                await reader.ReadAsync(token).ConfigureAwait(false);
                return (reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? (long?)null : reader.GetInt64(2));
            },
            cancellationToken);

    private async Task<(string? LastKey, long Rows, long Total, string Snapshot)> ChunkAsync(string? last, CancellationToken cancellationToken)
    {
        var transaction = await source.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        try
        {
            var (key, rows) = await SayAsync(transaction, last, cancellationToken).ConfigureAwait(false);
            var total = await StepAsync(transaction, key ?? last, rows, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            var snapshot = await DatabaseCall.RunAsync(
                source,
                "Taking a token of the synchronisation",
                [DatabaseCall.Command("select pg_current_snapshot()::text")],
                static async (reader, token) => await reader.ReadAsync(token).ConfigureAwait(false) ? reader.GetString(0) : "",
                cancellationToken).ConfigureAwait(false);
            return (key, rows, total, snapshot);
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw ErrorTranslator.Translate(exception, source.Kind, entity: null, $"The backfill of {route.Map.Name}");
        }
    }

    private async Task<(string? LastKey, long Rows)> SayAsync(DatabaseTransaction transaction, string? last, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(WordSettings.Sql),
                DatabaseCall.Command(_sql.Next, DatabaseCall.Parameter(route.From.Schema), DatabaseCall.Parameter(route.From.Table), Json(last), DatabaseCall.Parameter(options.BackfillChunk)),
            },
        };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? (reader.GetString(0), reader.GetInt64(1)) : (null, 0);
    }

    private async Task<long> StepAsync(DatabaseTransaction transaction, string? last, long rows, CancellationToken cancellationToken)
    {
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(
                    Step, DatabaseCall.Parameter(route.Map.Name), Json(last), DatabaseCall.Parameter(rows), new NpgsqlParameter<bool> { TypedValue = rows < options.BackfillChunk, NpgsqlDbType = NpgsqlDbType.Boolean }),
            },
        };
        return (long)(await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}
