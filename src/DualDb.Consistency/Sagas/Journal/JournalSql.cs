namespace DualDb.Consistency.Sagas.Journal;

/// <summary>The statements on the journal. Times are compared with <c>statement_timestamp()</c>, which an index can be asked for.</summary>
internal static class JournalSql
{
    private const string Held = """
        s.saga, s.id, s.definition, s.signatures, s.state, s.input, s.failed_step, s.error, s.lease_token, s.takeovers,
        extract(epoch from s.deadline - clock_timestamp())::float8, s.trace_parent, s.trace_state,
        extract(epoch from s.left_until - clock_timestamp())::float8
        """;

    /// <summary>A lease that has not been given back was lost with its node.</summary>
    private const string Take = """
        takeovers = s.takeovers + case when s.lease_until is not null and s.lease_owner <> $1 then 1 else 0 end,
        lease_owner = $1,
        lease_token = s.lease_token + 1,
        lease_until = clock_timestamp() + $2 * interval '1 second',
        next_due = clock_timestamp() + $2 * interval '1 second',
        signalled = false,
        state = case s.state when 'waiting' then 'running' else s.state end,
        updated_at = clock_timestamp()
        """;

    /// <summary>Begins an instance, taken by this node at once or left to whoever is free. No row where the id is taken.</summary>
    public const string Start = """
        insert into dualdb.sagas
            (saga, id, definition, signatures, state, input, input_hash, lease_owner, lease_token, lease_until, next_due, deadline, trace_parent, trace_state)
        values
            ($1, $2, $3, $4, 'running', $5, $6, case when $7 then $8 end, 1, case when $7 then clock_timestamp() + $9 * interval '1 second' end,
             clock_timestamp() + case when $7 then $9 else 0 end * interval '1 second', clock_timestamp() + $10 * interval '1 second', $11, $12)
        on conflict (saga, id) do nothing
        returning lease_token
        """;

    /// <summary>Looks at an instance.</summary>
    public const string Glance = """
        select state, input_hash, result, failed_step, error, extract(epoch from next_due - clock_timestamp())::float8
        from dualdb.sagas where saga = $1 and id = $2
        """;

    /// <summary>Takes instances that somebody has to look at, the longest due ones first.</summary>
    public const string ClaimDue = $"""
        with due as
        (
            select saga, id from dualdb.sagas
            where next_due <= statement_timestamp() and saga = any($3)
                and (left_until is null or left_until <= statement_timestamp()
                    or not exists (select from unnest($3, $5) as own (name, definition) where own.name = saga and own.definition = any(left_by)))
            order by next_due limit $4
            for update skip locked
        )
        update dualdb.sagas s set {Take}
        from due where s.saga = due.saga and s.id = due.id
        returning {Held}
        """;

    /// <summary>Takes one instance, if somebody has to look at it or this node has it already.</summary>
    public const string ClaimOne = $"""
        update dualdb.sagas s set {Take}
        where s.saga = $3 and s.id = $4 and s.next_due is not null and (s.next_due <= statement_timestamp() or s.lease_owner = $1)
            and (s.left_until is null or s.left_until <= statement_timestamp() or not $5 = any(s.left_by))
        returning {Held}
        """;

    /// <summary>Keeps what this node has.</summary>
    public const string Renew = """
        update dualdb.sagas s
        set lease_until = clock_timestamp() + $1 * interval '1 second', next_due = clock_timestamp() + $1 * interval '1 second'
        from unnest($2, $3, $4) as held (saga, id, token)
        where s.saga = held.saga and s.id = held.id and s.lease_token = held.token and s.lease_until is not null
        returning s.saga, s.id
        """;

    /// <summary>Writes down since when definitions are in use.</summary>
    public const string Introduce = "insert into dualdb.saga_definitions (saga, definition) select * from unnest($1, $2) on conflict do nothing";

    /// <summary>Whether an instance is younger than the use of a definition.</summary>
    public const string IsBegunBeside = """
        select s.created_at >= d.seen_at
        from dualdb.sagas s join dualdb.saga_definitions d on d.saga = s.saga and d.definition = $3
        where s.saga = $1 and s.id = $2
        """;

    /// <summary>The attempts of an instance.</summary>
    public const string Attempts = """
        select t.step, t.kind, max(t.attempt), count(*) filter (where t.state in ('failed', 'unanswered') and t.started_at > coalesce(s.resumed_at, '-infinity'))::integer,
            bool_or(t.state in ('started', 'unanswered'))
        from dualdb.saga_steps t join dualdb.sagas s on s.saga = t.saga and s.id = t.id
        where t.saga = $1 and t.id = $2
        group by t.step, t.kind
        """;

    /// <summary>The waits of an instance that have begun.</summary>
    public const string Waits = "select step, extract(epoch from until - clock_timestamp())::float8 from dualdb.saga_waits where saga = $1 and id = $2";

    /// <summary>When the next instance is due, and what has come to a stop.</summary>
    public const string Outlook = """
        select
            extract(epoch from least(
                (select min(next_due) from dualdb.sagas where next_due is not null and saga = any($1)
                    and (left_until is null or left_until <= statement_timestamp()
                        or not exists (select from unnest($1, $2) as own (name, definition) where own.name = saga and own.definition = any(left_by)))),
                (select min(left_until) from dualdb.sagas where left_until > statement_timestamp() and next_due is not null and saga = any($1))) - clock_timestamp())::float8,
            (select count(*) from dualdb.sagas where state in ('compensation_failed', 'parked') and state = 'parked' and saga = any($1)),
            (select count(*) from dualdb.sagas where state in ('compensation_failed', 'parked') and state = 'compensation_failed' and saga = any($1)),
            (select count(*) from dualdb.sagas where next_due is not null and deadline < statement_timestamp() and saga = any($1))
        """;

    /// <summary>
    /// A change of an instance, which counts only while this node has it, and what is told of its steps with it. An attempt that was told of before is overwritten: it has ended meanwhile.
    /// An instance that is finished is changed no more: its last step may have said so with its effect, in a commit whose reply was lost.
    /// </summary>
    /// <param name="set">What changes.</param>
    /// <param name="guard">While it holds, the node has the instance.</param>
    /// <param name="mayRepeat">Whether the attempts may have been told of before; where they cannot, rows are spared the way of an insert that may meet others, which costs nearly twice as much.</param>
    public static string Change(string set, string guard = "lease_token = $3 and finished_at is null", bool mayRepeat = true) => $"""
        with held as
        (
            update dualdb.sagas set {set}updated_at = clock_timestamp()
            where saga = $1 and id = $2 and {guard}
            returning lease_token
        ), told as
        (
            insert into dualdb.saga_steps (saga, id, step, kind, attempt, state, started_at, ended_at, error, node)
            select $1, $2, t.step, t.kind, t.attempt, t.state, clock_timestamp() - t.started * interval '1 second', clock_timestamp() - t.ended * interval '1 second', t.error, $11
            from held, unnest($4, $5, $6, $7, $8, $9, $10) as t (step, kind, attempt, state, started, ended, error)
            {(mayRepeat ? Overwrite : "")}
        )
        select lease_token from held
        """;

    private const string Overwrite = """
        on conflict (saga, id, step, kind, attempt) do update
            set state = excluded.state, started_at = excluded.started_at, ended_at = excluded.ended_at, error = excluded.error, node = excluded.node
        """;
}
