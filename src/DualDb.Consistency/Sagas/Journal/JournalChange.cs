using Npgsql;

namespace DualDb.Consistency.Sagas.Journal;

/// <summary>A change of an instance in the journal. Each comes to the same when it is repeated, since its reply may be lost.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Bind">Adds what it needs besides what every change has.</param>
internal sealed record JournalChange(string Sql, Action<NpgsqlParameterCollection> Bind)
{
    private const string GiveBack = "lease_owner = null, lease_until = null, ";

    private static readonly string KeepSql = JournalSql.Change("");
    private static readonly string AdoptSql = JournalSql.Change("definition = $12, signatures = $13, left_by = null, left_until = null, ");
    private static readonly string PutDownSql = JournalSql.Change(
        $"{GiveBack}state = $12, next_due = case when signalled then clock_timestamp() else clock_timestamp() + $13 * interval '1 second' end, error = coalesce($14, error), ");

    private const string Finished =
        $"{GiveBack}state = $12, result = $13, error = case when $12 = 'completed' then null else error end, next_due = null, finished_at = coalesce(finished_at, clock_timestamp()), ";

    private static readonly string FinishSql = JournalSql.Change(Finished, "lease_token = $3 and (finished_at is null or state = $12)");
    private static readonly string FinishOnceSql = JournalSql.Change(Finished, mayRepeat: false);

    private static readonly string StopSql = JournalSql.Change(
        $"{GiveBack}stopped_from = case when state in ('parked', 'compensation_failed') then stopped_from else state end, state = $12, error = $13, next_due = null, left_by = null, left_until = null, ");

    private static readonly string ReleaseSql = JournalSql.Change($"{GiveBack}next_due = clock_timestamp(), ");

    private static readonly string LeaveSql = JournalSql.Change(
        $"{GiveBack}next_due = clock_timestamp(), left_by = array_append(left_by, $12), left_until = coalesce(left_until, clock_timestamp() + $13 * interval '1 second'), ");

    private static readonly string GoOnSql = JournalSql.Change("state = 'running', failed_step = null, error = null, ");

    // The token goes up with the change of direction: no step that is still under way can take effect behind it. The second part of the guard is this very change, made before its reply was lost.
    private static readonly string CompensateSql = JournalSql.Change(
        "state = 'compensating', failed_step = $12, error = $13, lease_token = $3 + 1, ",
        "finished_at is null and (lease_token = $3 or (lease_token = $3 + 1 and lease_owner = $14 and state = 'compensating'))");

    /// <summary>Nothing changes; steps are told of.</summary>
    public static readonly JournalChange Keep = new(KeepSql, static _ => { });

    /// <summary>Gives it back as it is, for another node to go on at once.</summary>
    public static readonly JournalChange Release = new(ReleaseSql, static _ => { });

    /// <summary>It goes on, since there turned out to be no way back.</summary>
    public static readonly JournalChange GoOn = new(GoOnSql, static _ => { });

    /// <summary>Leaves it to nodes of other definitions.</summary>
    /// <param name="definition">The definition that it does not fit.</param>
    /// <param name="patience">For how long.</param>
    public static JournalChange Leave(SagaDefinition definition, TimeSpan patience) => new(LeaveSql, parameters =>
    {
        parameters.Text(definition.Hash);
        parameters.Seconds(patience);
    });

    /// <summary>It goes on under the definition of this process.</summary>
    public static JournalChange Adopt(SagaDefinition definition) => new(AdoptSql, parameters =>
    {
        parameters.Text(definition.Hash);
        parameters.Array(definition.Signatures, NpgsqlTypes.NpgsqlDbType.Text);
    });

    /// <summary>Puts it down until somebody has to look at it.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="dueIn">When that is; null for when an event arrives.</param>
    /// <param name="error">What keeps it from being run, for operators; null for nothing new.</param>
    public static JournalChange PutDown(SagaState state, TimeSpan? dueIn, string? error = null) => new(PutDownSql, parameters =>
    {
        parameters.Text(state.ToText());
        parameters.Seconds(dueIn);
        parameters.Text(error);
    });

    /// <summary>Finishes it.</summary>
    /// <param name="state">Its state.</param>
    /// <param name="result">Its result as JSON; null for none.</param>
    /// <param name="mayRepeat">Whether it, or what it tells of, may have been written before.</param>
    public static JournalChange Finish(SagaState state, string? result, bool mayRepeat = true) => new(mayRepeat ? FinishSql : FinishOnceSql, parameters =>
    {
        parameters.Text(state.ToText());
        parameters.Json(result);
    });

    /// <summary>Stops it until an operator has seen to it.</summary>
    public static JournalChange Stop(SagaState state, string error) => new(StopSql, parameters =>
    {
        parameters.Text(state.ToText());
        parameters.Text(error);
    });

    /// <summary>Turns it around.</summary>
    public static JournalChange Compensate(string step, string error, string owner) => new(CompensateSql, parameters =>
    {
        parameters.Text(step);
        parameters.Text(error);
        parameters.Text(owner);
    });
}
