using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Alerts;

/// <summary>The alerts of a direction that were raised and are not over, as its target keeps them for the node that carries it next.</summary>
internal sealed class RaisedAlerts(PostgresDatabase target, Database source)
{
    private const string Find = "select kind, subject, words, clock_timestamp() - raised_at from dualdb.sync_alerts where source = $1 and part = $2";

    private const string Add = """
        insert into dualdb.sync_alerts (source, part, kind, subject, words) values ($1, $2, $3, $4, $5)
        on conflict (source, part, kind, subject) do update set words = excluded.words, raised_at = clock_timestamp()
        """;

    private const string Remove = "delete from dualdb.sync_alerts where source = $1 and part = $2 and kind = $3 and subject = $4";

    public Task<IReadOnlyList<RaisedAlert>> FindAsync(int part, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(target, "Reading the alerts of the synchronisation", [DatabaseCall.Command(Find, Short((short)source), Short((short)part))], (reader, token) => ReadAsync(reader, part, token), cancellationToken);

    public Task AddAsync(SyncCondition condition, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            target,
            "Keeping an alert of the synchronisation",
            [DatabaseCall.Command(Add, Short((short)source), Short((short)condition.Part), DatabaseCall.Parameter(condition.Kind.ToString()), DatabaseCall.Parameter(condition.Subject), DatabaseCall.Parameter(condition.Words))],
            cancellationToken);

    public Task RemoveAsync(SyncCondition condition, CancellationToken cancellationToken)
        => DatabaseCall.RunAsync(
            target,
            "Ending an alert of the synchronisation",
            [DatabaseCall.Command(Remove, Short((short)source), Short((short)condition.Part), DatabaseCall.Parameter(condition.Kind.ToString()), DatabaseCall.Parameter(condition.Subject))],
            cancellationToken);

    private async Task<IReadOnlyList<RaisedAlert>> ReadAsync(NpgsqlDataReader reader, int part, CancellationToken cancellationToken)
    {
        var found = new List<RaisedAlert>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            // One of a later version is left to it.
            if (Enum.TryParse<SyncAlertKind>(reader.GetString(0), out var kind))
            {
                var condition = new SyncCondition(kind, source, part, Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Degraded, reader.GetString(2)) { Subject = reader.GetString(1) };
                found.Add(new RaisedAlert(condition, reader.GetFieldValue<TimeSpan>(3)));
            }
        }

        return found;
    }

    private static NpgsqlParameter Short(short value) => new NpgsqlParameter<short> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Smallint };
}

/// <summary>An alert that another node has raised.</summary>
/// <param name="Condition">What it is about.</param>
/// <param name="Age">How long ago it was last raised.</param>
internal sealed record RaisedAlert(SyncCondition Condition, TimeSpan Age);
