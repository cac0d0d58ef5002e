namespace DualDb.Consistency.Sagas.Operating;

/// <summary>The statements of operators.</summary>
internal static class OperationSql
{
    public const string Summary = """
        s.saga, s.id, s.state, s.failed_step, s.error, case when s.lease_until is not null then s.lease_owner end, s.takeovers, s.created_at, s.updated_at, s.finished_at, s.deadline, s.next_due
        """;

    /// <summary>The newest first, from an instance on.</summary>
    public const string List = $"""
        select {Summary} from dualdb.sagas s
        where ($1 is null or s.saga = $1) and ($2 is null or s.state = any($2)) and ($3 is null or starts_with(s.id, $3))
            and ($4 is null or s.created_at >= $4) and ($5 is null or s.created_at < $5)
            and (not $6 or s.state in ('parked', 'compensation_failed') or (s.next_due is not null and s.deadline < statement_timestamp()))
            and ($7 is null or (s.created_at, s.saga, s.id) < ($7, $8, $9))
        order by s.created_at desc, s.saga desc, s.id desc limit $10
        """;

    public const string Find = $"select {Summary}, s.input, s.result from dualdb.sagas s where s.saga = $1 and s.id = $2";

    public const string Timeline = """
        select step, kind, attempt, state, started_at, ended_at, error, node from dualdb.saga_steps where saga = $1 and id = $2 order by started_at, attempt
        """;

    /// <summary>
    /// How many are under way or stopped, by saga and state. Finished ones are not counted, and of the others no more than 100,000 of a kind: an open page must not read the journal over and over. One that waits for an event without an end is due to nobody.
    /// </summary>
    public const string Counts = """
        select saga, state, count(*), min(created_at) from (
            (select saga, state, created_at from dualdb.sagas where next_due is not null limit 100000)
            union all
            (select saga, state, created_at from dualdb.sagas where state in ('compensation_failed', 'parked') limit 100000)
            union all
            (select s.saga, s.state, s.created_at from (select distinct saga, id from dualdb.saga_waits where taken is null limit 100000) w join dualdb.sagas s on s.saga = w.saga and s.id = w.id
                where s.next_due is null and s.finished_at is null and s.state not in ('compensation_failed', 'parked'))
        ) counted
        where state not in ('completed', 'compensated')
        group by saga, state order by saga, state
        """;

    /// <summary>A page of attempts, in the order in which they began.</summary>
    public const string TimelinePage = """
        select step, kind, attempt, state, started_at, ended_at, error, node from dualdb.saga_steps
        where saga = $1 and id = $2 and ($3 is null or (started_at, step collate "C", kind::text collate "C", attempt) > ($3, $4, $5, $6))
        order by started_at, step collate "C", kind::text collate "C", attempt limit $7
        """;

    /// <summary>Which results the journal has an attempt for.</summary>
    public const string Told = "select distinct step, kind, state from dualdb.saga_steps where saga = $1 and id = $2 and state in ('succeeded', 'skipped')";

    /// <summary>Which results there are, without what they say.</summary>
    public const string ResultKinds = "select step, kind, skipped, recorded_at from dualdb.saga_results where saga = $1 and id = $2";

    /// <summary>What some results say.</summary>
    public const string ResultsOf = """
        select r.step, r.kind, r.result from dualdb.saga_results r join unnest($3, $4) as asked (step, kind) on r.step = asked.step and r.kind = asked.kind where r.saga = $1 and r.id = $2
        """;

    public const string AttemptCount = "select count(*) from (select from dualdb.saga_steps where saga = $1 and id = $2 limit 100000) attempts";

    public const string Audit = "select at, who, action, step, reason from dualdb.saga_audit where saga = $1 and id = $2 order by number";

    public const string Results = "select step, kind, result, skipped, recorded_at from dualdb.saga_results where saga = $1 and id = $2";

    /// <summary>Takes an instance from whoever has it, and writes down who does so and why. No row where its state forbids it. One that is stopped or finished is nobody's to go on with.</summary>
    public const string Take = """
        with taken as
        (
            update dualdb.sagas
            set lease_owner = $1, lease_token = lease_token + 1, lease_until = clock_timestamp() + $2 * interval '1 second',
                next_due = case when state in ('running', 'waiting', 'compensating') then clock_timestamp() + $2 * interval '1 second' end, updated_at = clock_timestamp()
            where saga = $3 and id = $4 and state = any($5)
            returning lease_token, state, stopped_from, error
        ), written as
        (
            insert into dualdb.saga_audit (who, action, saga, id, step, reason, detail)
            select $6, $7, $3, $4, $8, $9, 'was ' || state || coalesce(': ' || error, '') from taken
        )
        select lease_token, coalesce(case when state in ('parked', 'compensation_failed') then stopped_from end, state) from taken
        """;

    /// <summary>Gives it back, for a node to go on at once and with a clean slate.</summary>
    public const string GiveBack = """
        update dualdb.sagas
        set state = $4, error = case when $5 is not null then $5 when $4 = 'compensating' then error end, failed_step = case when $4 = 'compensating' then failed_step end,
            result = case when $4 = 'completed' then result end, finished_at = case when $4 = 'completed' then finished_at end,
            lease_owner = null, lease_until = null, next_due = case when $4 = 'completed' then null else clock_timestamp() end,
            takeovers = 0, stopped_from = null, left_by = null, left_until = null, resumed_at = clock_timestamp(), updated_at = clock_timestamp()
        where saga = $1 and id = $2 and lease_token = $3
        """;

    /// <summary>Gives it back as it was: taking it has changed nothing but who has it.</summary>
    public const string Restore = """
        update dualdb.sagas
        set lease_owner = null, lease_until = null, next_due = case when state in ('running', 'waiting', 'compensating') then clock_timestamp() end, updated_at = clock_timestamp()
        where saga = $1 and id = $2 and lease_token = $3
        """;

    /// <summary>Leaves a result in a step's place; no row where there is one.</summary>
    public const string Skip = """
        insert into dualdb.saga_results (saga, id, step, kind, result, skipped) values ($1, $2, $3, $4, $5, true) on conflict do nothing
        """;

    /// <summary>Shows that in the timeline.</summary>
    public const string TellSkipped = """
        insert into dualdb.saga_steps (saga, id, step, kind, attempt, state, started_at, ended_at, error, node)
        select $1, $2, $3, $4, coalesce(max(attempt), 0) + 1, 'skipped', clock_timestamp(), clock_timestamp(), $5, $6
        from dualdb.saga_steps where saga = $1 and id = $2 and step = $3 and kind = $4
        """;
}
