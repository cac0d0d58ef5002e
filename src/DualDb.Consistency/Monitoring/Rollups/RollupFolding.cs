using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>
/// Makes one row of what the nodes have measured in a piece of the longest window: each start of an application is a node of its own, and a month of them would be read each time.
/// </summary>
/// <param name="home">The database.</param>
/// <param name="application">Whose roll-ups.</param>
internal sealed class RollupFolding(PostgresDatabase home, string application)
{
    /// <summary>Older pieces alone: nodes write their own over and over while they last, and may be late by as long as the database was away.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromDays(2);

    /// <summary>So many pieces at once: the rest follows the next time.</summary>
    private const int MostPieces = 20;

    // Two that fold at once would each write what the other has.
    private const string LockSql = "select pg_try_advisory_xact_lock(hashtextextended('dualdb.kpi_rollups', 0))";

    private const string ReadSql = """
        select began_at, figures from dualdb.kpi_rollups
        where application = $1 and seconds = $2 and began_at in (select began_at from dualdb.kpi_rollups where application = $1 and seconds = $2 and began_at < $3 group by began_at having count(*) > 1 order by began_at limit $4)
        for update
        """;

    private const string DeleteSql = "delete from dualdb.kpi_rollups where application = $1 and seconds = $2 and began_at = any ($3)";

    private const string WriteSql = "insert into dualdb.kpi_rollups (application, seconds, began_at, node, figures) select $1, $2, t.began_at, '00000000-0000-0000-0000-000000000000', t.figures from unnest($3, $4) as t (began_at, figures)";

    private static readonly WindowPieces Pieces = WindowPieces.Of(KpiWindow.Month);

    /// <summary>Folds what is old enough.</summary>
    /// <param name="now">The time of the pieces.</param>
    /// <param name="cancellationToken">Cancels it; nothing is folded then.</param>
    /// <returns>How many pieces were folded.</returns>
    public async Task<int> RunAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = await home.BeginOwnAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            var folded = await ReadAsync(transaction, now, cancellationToken).ConfigureAwait(false);
            if (folded.Count > 0)
            {
                await WriteAsync(transaction, folded, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }

            return folded.Count;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not DualDbException)
        {
            throw Errors.ErrorTranslator.Translate(exception, home.Kind, entity: null, "Folding figures");
        }
    }

    private async Task<Dictionary<DateTimeOffset, Figures>> ReadAsync(DatabaseTransaction transaction, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folded = new Dictionary<DateTimeOffset, Figures>();
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(LockSql),
                DatabaseCall.Command(ReadSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(Pieces.Seconds), new NpgsqlParameter<DateTimeOffset> { TypedValue = Pieces.BeginOf(now - Age), NpgsqlDbType = NpgsqlDbType.TimestampTz }, DatabaseCall.Parameter(MostPieces)),
            },
        };
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closed = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (!reader.GetBoolean(0))
        {
            return folded;
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var began = reader.GetFieldValue<DateTimeOffset>(0);
            if (!folded.TryGetValue(began, out var figures))
            {
                folded[began] = figures = new Figures();
            }

            figures.Add(FigureText.Read(reader.GetString(1)));
        }

        return folded;
    }

    private async Task WriteAsync(DatabaseTransaction transaction, Dictionary<DateTimeOffset, Figures> folded, CancellationToken cancellationToken)
    {
        var began = DatabaseCall.Parameter([.. folded.Keys.Select(static key => key.ToUniversalTime())], NpgsqlDbType.TimestampTz);
        using var batch = new NpgsqlBatch(transaction.Connection)
        {
            BatchCommands =
            {
                DatabaseCall.Command(DeleteSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(Pieces.Seconds), began),
                DatabaseCall.Command(WriteSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(Pieces.Seconds), began.Clone(), DatabaseCall.Parameter([.. folded.Values.Select(FigureText.Write)], NpgsqlDbType.Text)),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
