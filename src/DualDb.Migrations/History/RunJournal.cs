using DualDb.Errors;
using DualDb.Migrations.Locks;
using DualDb.Migrations.Planning;
using DualDb.Migrations.Running;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Migrations.History;

/// <summary>Writes the journal of runs, in the home database.</summary>
internal static class RunJournal
{
    private const string Begin = """
        with lease as (select from dualdb.migration_lock where owner = $1 and token = $2 for share)
        insert into dualdb.migration_runs as r (run_id, plan_hash, plan, policy, state, actor, tool_version, steps)
        select $3, $4, $5, $6, $7, $8, $9, $10 from lease
        on conflict (run_id) do update set
            plan_hash = excluded.plan_hash, plan = excluded.plan, steps = excluded.steps, policy = excluded.policy, state = excluded.state, actor = excluded.actor,
            tool_version = excluded.tool_version, starts = r.starts + 1, finished_at = null
        """;

    private const string Change = """
        with lease as (select from dualdb.migration_lock where owner = $1 and token = $2 for share)
        update dualdb.migration_runs set state = $4, error = coalesce($5, error), finished_at = case when $4 in ('succeeded', 'compensated') then clock_timestamp() end
        from lease where run_id = $3
        """;

    /// <summary>Writes that a run begins, or goes on.</summary>
    public static Task BeginAsync(RunContext run, MigrationPlan plan, CancellationToken cancellationToken)
    {
        // What is pending of the run before stays excused from coming late.
        string[] ids = [.. (plan.Unfinished?.Plan ?? []).Union(plan.Migrations.Select(static migration => migration.Id.ToString()), StringComparer.Ordinal)];
        var (hash, steps) = PlanSteps.ToJournal(plan);
        var state = plan.Unfinished is { IsCompensating: true } ? RunState.Compensating : RunState.Running;
        return SendAsync(
            run,
            Begin,
            [
                LeaseSql.Value(run.RunId), Text(hash), Texts(ids), Text(run.Options.OnFailure.ToString()), Text(state), Text(run.Options.Actor), Text(ToolVersion.Text), Texts(steps),
            ],
            cancellationToken);
    }

    /// <summary>Writes that a way down begins, or goes on. It stands in the state of a compensation, so that an older version of this library leaves it to a newer one or refuses.</summary>
    public static Task BeginDownAsync(RunContext run, IReadOnlyList<MigrationId> ids, CancellationToken cancellationToken)
        => SendAsync(
            run,
            Begin,
            [
                LeaseSql.Value(run.RunId), Text("down"), Texts(ids.Select(static id => id.ToString())), Text(RunState.Down), Text(RunState.Compensating), Text(run.Options.Actor), Text(ToolVersion.Text), Texts(null),
            ],
            cancellationToken);

    /// <summary>Writes what has become of a run.</summary>
    public static Task ChangeAsync(RunContext run, string state, string? error, CancellationToken cancellationToken)
        => SendAsync(run, Change, [LeaseSql.Value(run.RunId), Text(state), Text(error)], cancellationToken);

    private static async Task SendAsync(RunContext run, string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        var home = run.Databases.Of(run.Options.Home);
        var lease = run.Lock.Of(home.Kind);
        try
        {
            var connection = await home.OpenAsync(cancellationToken).ConfigureAwait(false);
            await using var returned = connection.ConfigureAwait(false);
            using var command = new NpgsqlCommand(sql, connection);
            command.Parameters.Add(LeaseSql.Value(lease.Owner));
            command.Parameters.Add(LeaseSql.Value(lease.Token));
            command.Parameters.AddRange(parameters);
            if (await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false) == 0)
            {
                throw DualLock.Lost();
            }
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or DualDbException))
        {
            throw ErrorTranslator.Translate(exception, home.Kind, entity: null, "Writing the journal of migrations");
        }
    }

    private static NpgsqlParameter Texts(IEnumerable<string>? values) => new() { Value = (object?)values?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
