using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sagas.Schema;

/// <summary>The tables of sagas: the journal in the home database, and what steps leave behind in every database.</summary>
internal static class SagaSchema
{
    /// <summary>
    /// A fence tells which node may write for an instance: its transactions hold the row until they have ended, so that raising the token waits for them and shuts out what comes later.
    /// A result is written in the transaction of the effect; its key decides between two nodes that do the same step.
    /// </summary>
    private const string Results1 = """
        create table dualdb.saga_fences
        (
            saga text not null,
            id text not null,
            token bigint not null,
            primary key (saga, id)
        );
        create table dualdb.saga_results
        (
            saga text not null,
            id text not null,
            step text not null,
            kind text not null check (kind in ('step', 'compensation')),
            result json,
            skipped boolean not null default false,
            recorded_at timestamptz not null default clock_timestamp(),
            primary key (saga, id, step, kind)
        );

        """;

    /// <summary>
    /// <c>next_due</c> is when somebody has to look at an instance: when its lease ends, its pause, its wait or its deadline. It is null where nobody has to. <c>json</c> keeps the text as it
    /// was written, where <c>jsonb</c> would refuse U+0000.
    /// </summary>
    private const string Journal1 = """
        create table dualdb.sagas
        (
            saga text not null,
            id text not null,
            definition text not null,
            signatures text[] not null,
            state text not null check (state in ('running', 'waiting', 'compensating', 'completed', 'compensated', 'compensation_failed', 'parked')),
            input json not null,
            input_hash text not null,
            result json,
            failed_step text,
            error text,
            lease_owner text,
            lease_token bigint not null,
            lease_until timestamptz,
            stopped_from text,
            takeovers integer not null default 0,
            signalled boolean not null default false,
            next_due timestamptz,
            deadline timestamptz,
            created_at timestamptz not null default clock_timestamp(),
            updated_at timestamptz not null default clock_timestamp(),
            resumed_at timestamptz,
            finished_at timestamptz,
            trace_parent text,
            trace_state text,
            primary key (saga, id)
        );
        create index sagas_due on dualdb.sagas (next_due) where next_due is not null;
        create index sagas_stopped on dualdb.sagas (state, updated_at) where state in ('compensation_failed', 'parked');
        create index sagas_finished on dualdb.sagas (finished_at) where finished_at is not null;
        create index sagas_by_creation on dualdb.sagas (created_at, saga, id);
        create table dualdb.saga_steps
        (
            saga text not null,
            id text not null,
            step text not null,
            kind text not null check (kind in ('step', 'compensation')),
            attempt integer not null,
            state text not null check (state in ('started', 'succeeded', 'failed', 'unanswered', 'skipped')),
            started_at timestamptz not null,
            ended_at timestamptz,
            error text,
            node text,
            primary key (saga, id, step, kind, attempt)
        );
        create table dualdb.saga_waits
        (
            saga text not null,
            id text not null,
            step text not null,
            event text,
            key text,
            until timestamptz,
            taken bigint,
            primary key (saga, id, step)
        );
        create index saga_waits_event on dualdb.saga_waits (event, key) where taken is null;
        create table dualdb.saga_signals
        (
            number bigint generated always as identity primary key,
            event_id uuid not null unique,
            event text not null,
            key text not null,
            payload json not null,
            arrived_at timestamptz not null default clock_timestamp()
        );
        create index saga_signals_event on dualdb.saga_signals (event, key, number);
        create index saga_signals_age on dualdb.saga_signals (arrived_at);
        create table dualdb.saga_audit
        (
            number bigint generated always as identity primary key,
            at timestamptz not null default clock_timestamp(),
            who text not null,
            action text not null,
            saga text not null,
            id text not null,
            step text,
            reason text not null,
            detail text
        );
        create index saga_audit_saga on dualdb.saga_audit (saga, id, number);

        """;

    /// <summary>
    /// Since when a definition is in use tells whether an instance that does not fit it is from before it, or from another version at its side. The latter is left to others for a while:
    /// <c>left_by</c> are the definitions that it did not fit.
    /// </summary>
    private const string Journal2 = """
        create table dualdb.saga_definitions
        (
            saga text not null,
            definition text not null,
            seen_at timestamptz not null default clock_timestamp(),
            primary key (saga, definition)
        );
        alter table dualdb.sagas add column left_by text[], add column left_until timestamptz;
        create index sagas_left on dualdb.sagas (left_until) where left_until is not null;

        """;

    /// <summary>
    /// A check of a table is read from its text and compiled anew by each statement that writes a row; that of a domain is compiled once per session. A domain gets its check once it is in use, and
    /// unproven: what is there has passed the same one, and no row is rewritten or read.
    /// </summary>
    private const string Results2 = """
        create domain dualdb.saga_result_kind as text;
        alter table dualdb.saga_results drop constraint saga_results_kind_check, alter column kind type dualdb.saga_result_kind;
        alter domain dualdb.saga_result_kind add constraint saga_result_kind_check check (value in ('step', 'compensation')) not valid;

        """;

    /// <summary>The same of the journal.</summary>
    private const string Journal3 = """
        create domain dualdb.saga_state as text;
        create domain dualdb.saga_step_kind as text;
        create domain dualdb.saga_step_state as text;
        alter table dualdb.sagas drop constraint sagas_state_check, alter column state type dualdb.saga_state;
        alter table dualdb.saga_steps
            drop constraint saga_steps_kind_check,
            drop constraint saga_steps_state_check,
            alter column kind type dualdb.saga_step_kind,
            alter column state type dualdb.saga_step_state;
        alter domain dualdb.saga_state add constraint saga_state_check
            check (value in ('running', 'waiting', 'compensating', 'completed', 'compensated', 'compensation_failed', 'parked')) not valid;
        alter domain dualdb.saga_step_kind add constraint saga_step_kind_check check (value in ('step', 'compensation')) not valid;
        alter domain dualdb.saga_step_state add constraint saga_step_state_check check (value in ('started', 'succeeded', 'failed', 'unanswered', 'skipped')) not valid;

        """;

    /// <summary>What every database needs.</summary>
    public static readonly SchemaModule Results = new("saga_results", Results1, Results2) { Pattern = "saga_results" };

    /// <summary>What the home database needs besides.</summary>
    public static readonly SchemaModule Journal = new("sagas", Journal1, Journal2, Journal3) { Pattern = "sagas" };
}
