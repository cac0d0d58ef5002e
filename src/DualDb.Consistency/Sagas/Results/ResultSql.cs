namespace DualDb.Consistency.Sagas.Results;

/// <summary>The statements on fences and results, the same in every database.</summary>
internal static class ResultSql
{
    /// <summary>
    /// Limits that end with the transaction: a holder that freezes is ended by the server, and nobody waits for its locks longer than a step may take. They are set by the statement
    /// that takes the first lock, before it waits for it: a statement of their own would cost every step one more.
    /// </summary>
    private const string Limits = "pg_catalog.set_config('idle_in_transaction_session_timeout', $4, true) is not null and pg_catalog.set_config('lock_timeout', $4, true) is not null";

    /// <summary>
    /// Raises the token of an instance and holds its row. It waits for transactions under a lower one, which hold the row too; no row where a higher one was here.
    /// </summary>
    public const string Raise = $"""
        insert into dualdb.saga_fences as f (saga, id, token) select $1, $2, $3 where {Limits}
        on conflict (saga, id) do update set token = excluded.token where f.token <= excluded.token
        returning token
        """;

    /// <summary>Does the same for an instance that nobody can have been here for; it fails where somebody was.</summary>
    public const string Begin = $"insert into dualdb.saga_fences (saga, id, token) select $1, $2, $3 where {Limits} returning token";

    /// <summary>Holds the row of an instance together with other steps of the same token, until the transaction ends.</summary>
    public const string Share = $"select token from dualdb.saga_fences where saga = $1 and id = $2 and token = $3 and {Limits} for share";

    /// <summary>What one step or compensation has left behind.</summary>
    public const string Find = "select step, kind, result, skipped from dualdb.saga_results where saga = $1 and id = $2 and step = $3 and kind = $4";

    /// <summary>What all steps of an instance have left behind.</summary>
    public const string All = "select step, kind, result, skipped from dualdb.saga_results where saga = $1 and id = $2";

    /// <summary>Leaves a result behind. It fails where another has done the same. It answers with the transaction's id, as what travels with a commit does: the transaction's token is made of it.</summary>
    public const string Insert = "insert into dualdb.saga_results (saga, id, step, kind, result) values ($1, $2, $3, $4, $5) returning pg_current_xact_id()";
}
