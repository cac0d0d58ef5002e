using DualDb.Consistency.Monitoring.Measuring;
using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>The roll-ups in the home database.</summary>
/// <param name="home">The database.</param>
/// <param name="application">Whose roll-ups.</param>
internal sealed class RollupStore(PostgresDatabase home, string application)
{
    // A piece is written as a whole, so that one whose reply was lost can be written again.
    private const string WriteSql = """
        insert into dualdb.kpi_rollups as r (application, seconds, began_at, node, figures)
        select $1, t.seconds, t.began_at, $2, t.figures from unnest($3, $4, $5) as t (seconds, began_at, figures)
        on conflict (application, seconds, began_at, node) do update set figures = excluded.figures
        """;

    private const string TimeSql = "select clock_timestamp()";

    private const string ReadSql = "select began_at, figures from dualdb.kpi_rollups where application = $1 and seconds = $2 and began_at >= $3 and (node <> $4 or began_at < $5)";

    private const string ApplicationsSql = "select distinct application from dualdb.kpi_rollups order by application";

    private const string PurgeSql = "delete from dualdb.kpi_rollups r using unnest($1, $2) as t (seconds, before) where r.seconds = t.seconds and r.began_at < t.before";

    /// <summary>Writes roll-ups; none to only ask for the time.</summary>
    /// <returns>The database's time.</returns>
    public Task<DateTimeOffset> WriteAsync(Guid node, IReadOnlyList<Rollup> rollups, CancellationToken cancellationToken)
    {
        List<NpgsqlBatchCommand> commands = [DatabaseCall.Command(TimeSql)];
        if (rollups.Count > 0)
        {
            commands.Add(DatabaseCall.Command(
                WriteSql,
                DatabaseCall.Parameter(application),
                DatabaseCall.Parameter(node),
                DatabaseCall.Parameter([.. rollups.Select(static rollup => WindowPieces.Of(rollup.Window).Seconds)], NpgsqlDbType.Integer),
                DatabaseCall.Parameter([.. rollups.Select(static rollup => rollup.BeganAt)], NpgsqlDbType.TimestampTz),
                DatabaseCall.Parameter([.. rollups.Select(static rollup => FigureText.Write(rollup.Figures))], NpgsqlDbType.Text)));
        }

        return DatabaseCall.RunAsync(home, "Keeping figures", commands, ReadTimeAsync, cancellationToken);
    }

    /// <summary>The database's time.</summary>
    public Task<DateTimeOffset> TimeAsync(CancellationToken cancellationToken) => DatabaseCall.AskAsync(home, "Asking for the time", [DatabaseCall.Command(TimeSql)], ReadTimeAsync, cancellationToken);

    /// <summary>What other nodes have measured, and this one before it was started or before its own memory is asked.</summary>
    /// <param name="window">The window.</param>
    /// <param name="since">From when on.</param>
    /// <param name="exceptNode">This node.</param>
    /// <param name="own">From when on what this node has measured is left out.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public Task<List<Rollup>> ReadAsync(KpiWindow window, DateTimeOffset since, Guid exceptNode, DateTimeOffset own, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            home,
            "Reading figures",
            [DatabaseCall.Command(ReadSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(WindowPieces.Of(window).Seconds), Parameter(since), DatabaseCall.Parameter(exceptNode), Parameter(own))],
            async (reader, token) =>
            {
                var rollups = new List<Rollup>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    rollups.Add(new Rollup(window, reader.GetFieldValue<DateTimeOffset>(0), FigureText.Read(reader.GetString(1))));
                }

                return rollups;
            },
            cancellationToken);

    /// <summary>Whose figures a database holds.</summary>
    public static Task<List<string>> ApplicationsAsync(PostgresDatabase home, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            home,
            "Reading figures",
            [DatabaseCall.Command(ApplicationsSql)],
            static async (reader, token) =>
            {
                var applications = new List<string>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    applications.Add(reader.GetString(0));
                }

                return applications;
            },
            cancellationToken);

    /// <summary>Removes what no window shows any more, of all applications: one that has gone leaves nothing behind.</summary>
    public Task PurgeAsync(DateTimeOffset now, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Removing old figures",
            [
                DatabaseCall.Command(
                    PurgeSql,
                    DatabaseCall.Parameter([.. WindowPieces.Windows.Select(static window => WindowPieces.Of(window).Seconds)], NpgsqlDbType.Integer),
                    DatabaseCall.Parameter([.. WindowPieces.Windows.Select(window => WindowPieces.Of(window).FirstOf(now) - WindowPieces.Of(window).Piece)], NpgsqlDbType.TimestampTz)),
            ],
            cancellationToken);

    private static async Task<DateTimeOffset> ReadTimeAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var time = reader.GetFieldValue<DateTimeOffset>(0);
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        return time;
    }

    private static NpgsqlParameter Parameter(DateTimeOffset time) => new NpgsqlParameter<DateTimeOffset> { TypedValue = time.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
