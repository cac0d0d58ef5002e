using System.Globalization;
using DualDb.Connections;
using DualDb.Migrations.Files;
using DualDb.Migrations.Files.Sql;
using DualDb.Migrations.History;
using Npgsql;

namespace DualDb.Migrations.Running;

/// <summary>
/// Runs an update for some pages of its table at a time, each time in a transaction that also says how far it is, so that no row is locked for long. It is done when it has gone over the table and found nothing: a row may move to
/// a page that was passed already.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="migration">Its migration.</param>
/// <param name="index">Which statement it is there, from 0.</param>
/// <param name="statement">The update.</param>
internal sealed class BatchedUpdate(RunContext run, SqlMigration migration, int index, SqlStatement statement)
{
    private const int DefaultBatch = 5_000;

    /// <summary>After so many passes the application writes rows faster than they are filled, or for ever.</summary>
    private const int MostPasses = 20;

    /// <summary>Pages without a row to change are passed over in larger steps.</summary>
    private const int LargestStep = 64;

    /// <summary>Of the table, or of the largest of its partitions, which have the same places.</summary>
    private const string Size = """
        select coalesce(max(pg_relation_size(p.relid)), pg_relation_size(t.oid)) / current_setting('block_size')::bigint,
            coalesce(max(c.reltuples / nullif(c.relpages, 0)), 0)::float8
        from (select $1::text::regclass as oid) t
        left join lateral pg_partition_tree(t.oid) p on p.isleaf
        left join pg_class c on c.oid = coalesce(p.relid, t.oid)
        group by t.oid
        """;

    private const double UsualRowsOfPage = 60;

    private readonly DividedUpdate _update = statement.Update!;
    private readonly string _hash = StatementHash.Of([statement]);
    private int _step = 1;

    /// <summary>Runs what is left of it.</summary>
    /// <param name="progress">The progress up to now.</param>
    /// <param name="after">The progress once it is done.</param>
    /// <param name="cancellationToken">Cancels the work; batches that are committed stay.</param>
    /// <exception cref="MigrationFailedException">The server refused it, or it would never come to an end.</exception>
    public async Task RunAsync(StepProgress progress, StepProgress after, CancellationToken cancellationToken)
    {
        for (var isDone = false; !isDone;)
        {
            var before = progress;
            await LockRetry.RunAsync(run, async token => (progress, isDone) = await RunBatchAsync(before, after, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(StepProgress Progress, bool IsDone)> RunBatchAsync(StepProgress before, StepProgress after, CancellationToken cancellationToken)
    {
        var begun = run.Clock.GetTimestamp();
        var transaction = await run.Databases.Of(migration.Id.Database).BeginOwnAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        await SessionSettings.BeginTransactionAsync(run.Options, transaction.Connection, migration.Timeout, cancellationToken).ConfigureAwait(false);
        try
        {
            var (pages, rowsOfPage) = await SizeAsync(transaction.Connection, cancellationToken).ConfigureAwait(false);
            var cursor = BatchCursor.Parse(before.Cursor, _hash) ?? new BatchCursor(_hash, 1, 0, pages, 0);
            if (cursor.IsAtEnd)
            {
                cursor = NextPass(cursor, pages);
            }

            var span = Math.Max(1, (long)((migration.Batch ?? DefaultBatch) / rowsOfPage)) * _step;
            var next = Math.Min(cursor.Next + span, cursor.End);
            var touched = cursor.IsAtEnd ? 0 : await UpdateAsync(transaction.Connection, cursor.Next, next, cancellationToken).ConfigureAwait(false);
            _step = touched > 0 ? 1 : Math.Min(_step * 2, LargestStep);
            cursor = cursor with { Next = next, Touched = cursor.Touched + touched };
            run.Reach("batch done, not committed");

            var isDone = cursor is { IsAtEnd: true, Touched: 0 };
            var progress = (isDone ? after with { Cursor = null } : before with { Cursor = cursor.ToString(), Error = null }) with { Took = run.Clock.GetElapsedTime(begun) };
            await HistoryWriter.WriteAsync(run, transaction.Connection, progress, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            run.Reach("batch committed");
            return (progress, isDone);
        }
        catch (PostgresException refused) when (!run.Lock.IsLost && !TransientErrors.IsConnectionBroken(refused) && !LockRetry.IsLockFailure(refused))
        {
            throw StatementFailure.Of(migration, index, statement, refused, kept: true, hasPlace: false);
        }
    }

    private static async Task<(long Pages, double RowsOfPage)> ReadSizeAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetInt64(0), reader.GetDouble(1));
    }

    private async Task<(long Pages, double RowsOfPage)> SizeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand(Size, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _update.Table });
        var (pages, rowsOfPage) = await ReadSizeAsync(command, cancellationToken).ConfigureAwait(false);
        return (pages, rowsOfPage > 0 ? rowsOfPage : UsualRowsOfPage);
    }

    private BatchCursor NextPass(BatchCursor last, long pages)
        => last.Pass < MostPasses
            ? new BatchCursor(_hash, last.Pass + 1, 0, pages, 0)
            : throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"it went over the table {last.Pass} times, and still finds rows to change: somebody writes them all the while. Release the version of the application that writes them otherwise, or give the column a default, and run again"));

    /// <returns>How many rows were changed.</returns>
    private async Task<long> UpdateAsync(NpgsqlConnection connection, long from, long to, CancellationToken cancellationToken)
    {
        // Line feeds, since what was taken from the file may end with a comment.
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            with changed as (
                update {_update.Target}
                set {_update.Assignments}
                where ({_update.Condition}
                ) and ctid >= '({from},0)'::tid and ctid < '({to},0)'::tid
                returning ({_update.Condition}
                ) as again
            )
            select count(*), count(*) filter (where again) from changed
            """);
        using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var (changed, again) = (reader.GetInt64(0), reader.GetInt64(1));
        return again == 0
            ? changed
            : throw Failed(string.Create(
                CultureInfo.InvariantCulture, $"{again} of the {changed} rows that it changed still fulfil its condition, and would be changed again and again. Write a condition that no row fulfils any more once it was changed, or remove 'batch' from the header"));
    }

    private MigrationFailedException Failed(string reason)
        => new(string.Create(CultureInfo.InvariantCulture, $"{migration.Source}({statement.Line}): statement {index + 1} of {migration.Id} was divided by 'batch', and {reason}. What this batch changed was rolled back; those before it stay."))
        {
            Database = migration.Id.Database, Id = migration.Id, Statement = index + 1, Line = statement.Line,
        };
}
