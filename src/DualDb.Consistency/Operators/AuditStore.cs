using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Operators;

/// <summary>The rows of the audit.</summary>
/// <param name="home">The database that keeps them.</param>
/// <param name="application">Whose rows.</param>
internal sealed class AuditStore(PostgresDatabase home, string application)
{
    /// <summary>What is longer is cut: a message may repeat what was sent.</summary>
    private const int LongestDetail = 2000;

    private const string AddSql = "insert into dualdb.operator_audit (application, actor, action, target, reason, outcome, detail) values ($1, $2, $3, $4, $5, $6, $7) returning id";

    // Whoever tells twice what came of it, such as after a lost reply, has told it the first time.
    private const string EndSql = """
        insert into dualdb.operator_audit (application, begun, actor, action, target, reason, outcome, detail)
        select application, id, actor, action, target, reason, $3, $4 from dualdb.operator_audit where application = $1 and id = $2 and begun is null
        on conflict (begun) where begun is not null do nothing
        """;

    private const string ListSql = """
        select a.id, a.at, a.actor, a.action, a.target, a.reason, coalesce(e.outcome, a.outcome), coalesce(e.detail, a.detail), coalesce(e.at, case when a.outcome <> 'begun' then a.at end)
        from dualdb.operator_audit a left join dualdb.operator_audit e on e.begun = a.id
        where a.application = $1 and a.begun is null and ($2 is null or a.actor = $2) and ($3 is null or starts_with(a.action, $3)) and ($4 is null or strpos(lower(a.target), lower($4)) > 0)
            and ($5 is null or coalesce(e.outcome, a.outcome) = $5) and ($6 is null or a.at >= $6) and ($7 is null or a.at < $7)
        order by a.id desc limit $8 offset $9
        """;

    private const string PurgeSql = "delete from dualdb.operator_audit where application = $1 and begun is null and at < clock_timestamp() - $2 and not exists (select from dualdb.operator_audit e where e.begun = operator_audit.id and e.at >= clock_timestamp() - $2) returning 1";

    public Task<long> AddAsync(OperatorAction what, AuditOutcome outcome, string detail, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Writing the audit",
            [
                DatabaseCall.Command(
                    AddSql,
                    DatabaseCall.Parameter(application), Text(what.Actor), Text(what.Action), Text(what.Target), Text(what.Reason), DatabaseCall.Parameter(Name(outcome)), Text(detail)),
            ],
            static async (reader, token) =>
            {
                await reader.ReadAsync(token).ConfigureAwait(false);
                return reader.GetInt64(0);
            },
            cancellationToken);

    public Task EndAsync(long id, AuditOutcome outcome, string detail, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Writing the audit",
            [DatabaseCall.Command(EndSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(id), DatabaseCall.Parameter(Name(outcome)), Text(detail))],
            cancellationToken);

    public Task<List<AuditEntry>> ListAsync(AuditFilter filter, int limit, int skip, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            home,
            "Reading the audit",
            [
                DatabaseCall.Command(
                    ListSql,
                    DatabaseCall.Parameter(application), DatabaseCall.Parameter(filter.Actor), DatabaseCall.Parameter(filter.Action), DatabaseCall.Parameter(filter.Target),
                    DatabaseCall.Parameter(filter.Outcome is { } outcome ? Name(outcome) : null), Time(filter.From), Time(filter.Until), DatabaseCall.Parameter(limit), DatabaseCall.Parameter(skip)),
            ],
            static async (reader, token) =>
            {
                var entries = new List<AuditEntry>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    entries.Add(Read(reader));
                }

                return entries;
            },
            cancellationToken);

    public Task<int> PurgeAsync(TimeSpan olderThan, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            home,
            "Removing old entries of the audit",
            [DatabaseCall.Command(PurgeSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(olderThan))],
            static async (reader, token) =>
            {
                var removed = 0;
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    removed++;
                }

                return removed;
            },
            cancellationToken);

    private static AuditEntry Read(NpgsqlDataReader reader)
        => new(
            reader.GetInt64(0),
            reader.GetFieldValue<DateTimeOffset>(1),
            new OperatorAction(reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)),
            Enum.Parse<AuditOutcome>(reader.GetString(6), ignoreCase: true),
            reader.GetString(7),
            reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8));

    private static string Name(AuditOutcome outcome) => outcome.ToString().ToLowerInvariant();

    // What PostgreSQL cannot store must not keep an entry out.
    private static NpgsqlParameter Text(string text)
    {
        var storable = text.Replace('\0', '\uFFFD');
        return DatabaseCall.Parameter(storable.Length > LongestDetail ? storable[..LongestDetail] + "…" : storable);
    }

    private static NpgsqlParameter Time(DateTimeOffset? time) => new() { Value = (object?)time?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
