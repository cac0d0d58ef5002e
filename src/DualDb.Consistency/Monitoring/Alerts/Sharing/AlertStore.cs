using DualDb.Consistency.Schema;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Monitoring.Alerts.Sharing;

/// <summary>What nodes share of alerts, in one of the databases.</summary>
/// <param name="database">The database.</param>
/// <param name="application">Whose alerts.</param>
internal sealed class AlertStore(PostgresDatabase database, string application)
{
    // A node that tells nothing new is heard of every now and then: it is there.
    private const string TellSql = """
        insert into dualdb.alert_nodes as n (application, node, signals, seen_at) values ($1, $2, $3, clock_timestamp())
        on conflict (application, node) do update set signals = excluded.signals, seen_at = excluded.seen_at
        """;

    // One that would last longer than any lease was written before the clock was set back: its owner may be gone, and nobody would evaluate until then.
    private const string LeaseSql = """
        insert into dualdb.alert_leases as l (application, owner, expires_at) values ($1, $2, clock_timestamp() + $3)
        on conflict (application) do update set owner = excluded.owner, expires_at = excluded.expires_at
        where l.owner = excluded.owner or l.expires_at < clock_timestamp() or l.expires_at > clock_timestamp() + 2 * $3
        returning 1
        """;

    private const string OthersSql = "select signals from dualdb.alert_nodes where application = $1 and node <> $2 and seen_at between clock_timestamp() - $3 and clock_timestamp() + $3";

    private const string SilencesSql = "select id, rule, until, who, reason from dualdb.alert_silences where application = $1 and until > clock_timestamp() order by until, id";

    // What is over stays so: a node that was cut off comes back with what it knew before another one went on.
    private const string SaveSql = """
        insert into dualdb.alerts as a (application, rule, subject, since, severity, words, fired_at, told_at, told, resolved_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict (application, rule, subject, since) do update
        set severity = excluded.severity, words = excluded.words, told_at = excluded.told_at, told = excluded.told, resolved_at = excluded.resolved_at
        where a.resolved_at is null
        """;

    // Where the home database knows of it already, it knows better.
    private const string AdoptSql = """
        insert into dualdb.alerts (application, rule, subject, since, severity, words, fired_at, told_at, told) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        on conflict (application, rule, subject, since) do nothing
        """;

    // Not ended: what was ended here is taken for over in the home database as well.
    private const string HandOverSql = "delete from dualdb.alerts where application = $1 and rule = $2 and subject = $3 and since = $4 and resolved_at is null";

    // Who ended while the home database was away has left behind what may be over since long ago, or go on in the home database.
    private const string ForgetStaleSql = """
        delete from dualdb.alerts
        where application = $1 and resolved_at is null and not exists (select from dualdb.alert_leases where application = $1 and expires_at > clock_timestamp())
        """;

    private const string RecentSql = "select rule, subject, max(told_at) from dualdb.alerts where application = $1 and resolved_at is not null and told_at > clock_timestamp() - $2 group by rule, subject limit 1000";

    private const string ListSql = """
        select rule, subject, severity, words, since, fired_at, told_at, told, resolved_at from dualdb.alerts
        where application = $1 and (resolved_at is null or (not $2 and resolved_at > clock_timestamp() - interval '30 days')) order by resolved_at is not null, fired_at desc limit $3
        """;

    private const string SilenceSql = "insert into dualdb.alert_silences (application, rule, until, who, reason) values ($1, $2, clock_timestamp() + $3, $4, $5) returning id, rule, until, who, reason";

    private const string EndSql = "update dualdb.alert_silences set until = clock_timestamp() where application = $1 and id = $2 and until > clock_timestamp() returning 1";

    private const string LeaveSql = "update dualdb.alert_leases set expires_at = '-infinity' where application = $1 and owner = $2";

    private const string ForgetNodeSql = "delete from dualdb.alert_nodes where application = $1 and node = $2";

    private const string PurgeSql = "delete from dualdb.alerts where resolved_at < clock_timestamp() - interval '30 days'";

    private const string PurgeNodesSql = "delete from dualdb.alert_nodes where seen_at < clock_timestamp() - interval '1 hour'";

    private const string PurgeSilencesSql = "delete from dualdb.alert_silences where until < clock_timestamp() - interval '30 days'";

    /// <summary>Tells the other nodes, hears of them, and asks for the lease: one round trip.</summary>
    public Task<Exchange> ExchangeAsync(Guid node, IEnumerable<AlertSignal> own, TimeSpan lease, TimeSpan repeatEvery, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Exchanging alerts",
            [
                DatabaseCall.Command(TellSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(node), DatabaseCall.Parameter(SignalText.Write(own))),
                DatabaseCall.Command(LeaseSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(node), DatabaseCall.Parameter(lease)),
                DatabaseCall.Command(OthersSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(node), DatabaseCall.Parameter(lease)),
                DatabaseCall.Command(SilencesSql, DatabaseCall.Parameter(application)),
                List(openOnly: true, limit: 1000),
                DatabaseCall.Command(RecentSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(repeatEvery)),
            ],
            async (reader, token) =>
            {
                var isHolder = await reader.ReadAsync(token).ConfigureAwait(false);
                await reader.NextResultAsync(token).ConfigureAwait(false);
                var others = new List<AlertSignal>();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    others.AddRange(SignalText.Read(reader.GetString(0)));
                }

                await reader.NextResultAsync(token).ConfigureAwait(false);
                var silences = await ReadAsync(reader, ReadSilence, token).ConfigureAwait(false);
                await reader.NextResultAsync(token).ConfigureAwait(false);
                var open = await ReadAsync(reader, ReadState, token).ConfigureAwait(false);
                await reader.NextResultAsync(token).ConfigureAwait(false);
                return new Exchange(isHolder, others, silences, open, await ReadAsync(reader, static row => new ToldBefore(row.GetString(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2)), token).ConfigureAwait(false));
            },
            cancellationToken);

    /// <summary>Keeps how alerts stand.</summary>
    public Task SaveAsync(IReadOnlyList<AlertState> states, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(database, "Keeping alerts", [.. states.Select(Save)], cancellationToken);

    /// <summary>Keeps the ends of alerts that ended elsewhere meanwhile.</summary>
    public Task EndAsync(IReadOnlyList<AlertState> ended, CancellationToken cancellationToken) => ended.Count == 0 ? Task.CompletedTask : SaveAsync(ended, cancellationToken);

    /// <summary>Takes over alerts that were kept elsewhere meanwhile.</summary>
    public Task AdoptAsync(IReadOnlyList<AlertState> states, CancellationToken cancellationToken)
        => states.Count == 0 ? Task.CompletedTask : DatabaseCall.RunAsync(
            database,
            "Taking over alerts",
            [
                .. states.Select(state => DatabaseCall.Command(
                    AdoptSql,
                    DatabaseCall.Parameter(application), DatabaseCall.Parameter(state.Rule), DatabaseCall.Parameter(state.Subject), Parameter(state.Since), DatabaseCall.Parameter(state.Severity.ToString()),
                    DatabaseCall.Parameter(state.Words), Parameter(state.FiredAt), Parameter(state.ToldAt), DatabaseCall.Parameter(state.Told))),
            ],
            cancellationToken);

    /// <summary>Forgets what lasts by what is written here, where nobody looks after it.</summary>
    public Task ForgetStaleAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(database, "Forgetting alerts that nobody looks after", [DatabaseCall.Command(ForgetStaleSql, DatabaseCall.Parameter(application))], cancellationToken);

    /// <summary>Gives up what goes on elsewhere.</summary>
    public Task HandOverAsync(IReadOnlyList<AlertState> states, CancellationToken cancellationToken)
        => states.Count == 0 ? Task.CompletedTask : DatabaseCall.RunAsync(
            database,
            "Handing alerts over",
            [.. states.Select(state => DatabaseCall.Command(HandOverSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(state.Rule), DatabaseCall.Parameter(state.Subject), Parameter(state.Since)))],
            cancellationToken);

    /// <summary>How alerts stand and stood, those that last first, then the latest.</summary>
    public Task<List<AlertState>> ListAsync(bool openOnly, int limit, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            database,
            "Reading alerts",
            [List(openOnly, limit)],
            static (reader, token) => ReadAsync(reader, ReadState, token),
            cancellationToken);

    public Task<List<AlertSilence>> SilencesAsync(CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(database, "Reading silences", [DatabaseCall.Command(SilencesSql, DatabaseCall.Parameter(application))], static (reader, token) => ReadAsync(reader, ReadSilence, token), cancellationToken);

    public async Task<AlertSilence> SilenceAsync(string? rule, TimeSpan duration, string who, string reason, CancellationToken cancellationToken)
        => (await DatabaseCall.RunAsync(
            database,
            "Silencing alerts",
            [DatabaseCall.Command(SilenceSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(rule), DatabaseCall.Parameter(duration), DatabaseCall.Parameter(who), DatabaseCall.Parameter(reason))],
            static (reader, token) => ReadAsync(reader, ReadSilence, token),
            cancellationToken).ConfigureAwait(false))[0];

    public Task<bool> EndSilenceAsync(long id, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database, "Ending a silence", [DatabaseCall.Command(EndSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(id))], static (reader, token) => reader.ReadAsync(token), cancellationToken);

    /// <summary>The node ends: another one need not wait for its lease.</summary>
    public Task LeaveAsync(Guid node, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            database,
            "Leaving alerts to others",
            [
                DatabaseCall.Command(LeaveSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(node)),
                DatabaseCall.Command(ForgetNodeSql, DatabaseCall.Parameter(application), DatabaseCall.Parameter(node)),
            ],
            cancellationToken);

    public Task PurgeAsync(CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(database, "Removing old alerts", [DatabaseCall.Command(PurgeSql), DatabaseCall.Command(PurgeNodesSql), DatabaseCall.Command(PurgeSilencesSql)], cancellationToken);

    private NpgsqlBatchCommand List(bool openOnly, int limit)
        => DatabaseCall.Command(ListSql, DatabaseCall.Parameter(application), new NpgsqlParameter<bool> { TypedValue = openOnly, NpgsqlDbType = NpgsqlDbType.Boolean }, DatabaseCall.Parameter(limit));

    private NpgsqlBatchCommand Save(AlertState state)
        => DatabaseCall.Command(
            SaveSql,
            DatabaseCall.Parameter(application), DatabaseCall.Parameter(state.Rule), DatabaseCall.Parameter(state.Subject), Parameter(state.Since), DatabaseCall.Parameter(state.Severity.ToString()),
            DatabaseCall.Parameter(state.Words), Parameter(state.FiredAt), Parameter(state.ToldAt), DatabaseCall.Parameter(state.Told), Parameter(state.ResolvedAt));

    private static NpgsqlParameter Parameter(DateTimeOffset? time) => new() { Value = (object?)time?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };

    private static AlertState ReadState(NpgsqlDataReader reader)
        => new(
            reader.GetString(0), reader.GetString(1), Enum.Parse<AlertSeverity>(reader.GetString(2)), reader.GetString(3), reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5),
            Time(reader, 6), reader.GetInt32(7), Time(reader, 8));

    private static AlertSilence ReadSilence(NpgsqlDataReader reader)
        => new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetString(3), reader.GetString(4));

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateTimeOffset>(column);

    private static async Task<List<T>> ReadAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
