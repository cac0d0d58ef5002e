using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Events.Schema;

/// <summary>The tables of events, the same in both databases.</summary>
internal static class EventSchema
{
    /// <summary>Into how many parts the keys of a database are hashed; a node leases whole parts. Written into rows: it cannot be changed.</summary>
    public const int Slots = 64;

    /// <summary>
    /// An event's row is written once and marked once. What did not succeed at once is copied to <c>outbox_deliveries</c>, per handler, so that the outbox stays a queue whose end is near and
    /// whose old partitions can be dropped.
    /// </summary>
    /// <remarks>
    /// <c>json</c> keeps the text as it was written, where <c>jsonb</c> would refuse U+0000 and lose the order of members. Rows are claimed by their state and never by the last number read:
    /// numbers are not in the order of commits. The primary key is for publications of all tables, which refuse updates without one.
    /// </remarks>
    private const string Version1 = """
        create sequence dualdb.outbox_id;
        create table dualdb.outbox
        (
            id bigint not null default nextval('dualdb.outbox_id'),
            published_at timestamptz not null default clock_timestamp(),
            event_id uuid not null,
            name text not null,
            version integer not null,
            slot smallint not null,
            key text check (octet_length(key) <= 2048),
            payload json not null,
            headers json,
            trace_parent text,
            trace_state text,
            due_at timestamptz check (due_at < 'infinity'),
            handled_at timestamptz,
            primary key (id, published_at)
        ) partition by range (published_at);
        alter sequence dualdb.outbox_id owned by dualdb.outbox.id;
        create index outbox_pending on dualdb.outbox (slot, id) where handled_at is null and due_at is null;
        create index outbox_scheduled on dualdb.outbox (due_at) where handled_at is null and due_at is not null;
        create table dualdb.outbox_default partition of dualdb.outbox default;
        create function dualdb.create_outbox_partitions(ahead integer) returns integer
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
        declare
            today constant date := (clock_timestamp() at time zone 'UTC')::date;
            day date;
            made integer := 0;
        begin
            for day in select (today + n) from generate_series(0, ahead) n loop
                if to_regclass('dualdb.outbox_p' || to_char(day, 'YYYYMMDD')) is null and not exists (
                    select from dualdb.outbox_default
                    where published_at >= day::timestamp at time zone 'UTC' and published_at < (day + 1)::timestamp at time zone 'UTC')
                then
                    execute format(
                        'create table dualdb.%I partition of dualdb.outbox for values from (%L) to (%L)',
                        'outbox_p' || to_char(day, 'YYYYMMDD'), day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
                    made := made + 1;
                end if;
            end loop;
            return made;
        end
        $body$;
        revoke execute on function dualdb.create_outbox_partitions(integer) from public;
        create function dualdb.drop_outbox_partitions(before timestamptz) returns integer
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $body$
        declare
            part name;
            is_open boolean;
            dropped integer := 0;
        begin
            for part in
                select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                where i.inhparent = 'dualdb.outbox'::regclass and c.relname ~ '^outbox_p[0-9]{8}$'
                    and (to_date(substr(c.relname, 9), 'YYYYMMDD') + 1)::timestamp at time zone 'UTC' <= before
            loop
                execute format('lock table dualdb.%I in access exclusive mode', part);
                execute format('select exists (select from dualdb.%I where handled_at is null)', part) into is_open;
                if not is_open then
                    execute format('drop table dualdb.%I', part);
                    dropped := dropped + 1;
                end if;
            end loop;
            return dropped;
        end
        $body$;
        revoke execute on function dualdb.drop_outbox_partitions(timestamptz) from public;
        perform dualdb.create_outbox_partitions(3);
        create table dualdb.outbox_deliveries
        (
            id bigint generated always as identity primary key,
            outbox_id bigint not null,
            event_id uuid not null,
            published_at timestamptz not null,
            name text not null,
            version integer not null,
            slot smallint not null,
            key text,
            payload json not null,
            headers json,
            trace_parent text,
            trace_state text,
            handler text not null,
            state text not null check (state in ('retrying', 'waiting', 'dead')),
            attempts integer not null default 0,
            next_attempt_at timestamptz,
            failure text,
            error text,
            failed_at timestamptz,
            unique (outbox_id, handler)
        );
        create index outbox_deliveries_key on dualdb.outbox_deliveries (handler, key, outbox_id);
        create index outbox_deliveries_due on dualdb.outbox_deliveries (next_attempt_at) where state = 'retrying';
        create index outbox_deliveries_dead on dualdb.outbox_deliveries (failure, id) where state = 'dead';
        create table dualdb.outbox_audit
        (
            id bigint generated always as identity primary key,
            at timestamptz not null default clock_timestamp(),
            actor text not null,
            action text not null,
            delivery_id bigint not null,
            event_id uuid not null,
            name text not null,
            handler text not null,
            reason text,
            payload json
        );
        create table dualdb.outbox_slots
        (
            slot smallint primary key,
            owner uuid,
            token bigint not null default 0,
            expires_at timestamptz not null default '-infinity'
        );
        insert into dualdb.outbox_slots (slot) select generate_series(0, 63);
        create table dualdb.outbox_nodes
        (
            node uuid primary key,
            name text not null,
            expires_at timestamptz not null
        );
        create table dualdb.inbox
        (
            event_id uuid not null,
            handler text not null,
            handled_at timestamptz not null default clock_timestamp(),
            primary key (event_id, handler)
        );
        create index inbox_handled_at on dualdb.inbox using brin (handled_at);

        """;

    /// <summary>
    /// A check of a table is read from its text and compiled anew by each insert, which made up a tenth of what an event costs; that of a domain is compiled once per session. The domains get
    /// their checks after the columns have got them, and unproven: what is there has passed the same checks, and no partition is rewritten or read.
    /// </summary>
    private const string Version2 = """
        create domain dualdb.event_key as text;
        create domain dualdb.event_time as timestamptz;
        alter table dualdb.outbox
            drop constraint outbox_key_check,
            drop constraint outbox_due_at_check,
            alter column key type dualdb.event_key,
            alter column due_at type dualdb.event_time;
        alter domain dualdb.event_key add constraint event_key_check check (octet_length(value) <= 2048) not valid;
        alter domain dualdb.event_time add constraint event_time_check check (value < 'infinity') not valid;

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("events", Version1, Version2) { Pattern = "outbox" };
}
