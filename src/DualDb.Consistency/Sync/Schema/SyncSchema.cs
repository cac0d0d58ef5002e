using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>What the synchronisation keeps beside the change log, the same in both databases.</summary>
internal static class SyncSchema
{
    /// <summary>
    /// A position says how far the other database's log was applied here, and is committed with what was applied: nothing is applied twice, and a node that was taken for dead cannot apply anything.
    /// </summary>
    private const string Version1 = """
        create table dualdb.sync_positions
        (
            source smallint not null,
            part smallint not null,
            parts smallint not null,
            position text not null,
            last_change bigint,
            last_recorded_at timestamptz,
            moved_at timestamptz not null default clock_timestamp(),
            owner uuid,
            expires_at timestamptz not null default '-infinity',
            stopped text,
            stopped_at timestamptz,
            primary key (source, part)
        );
        create table dualdb.sync_parked
        (
            id bigint generated always as identity primary key,
            source smallint not null,
            map text not null,
            key text not null,
            change_id bigint not null,
            operation char(1) not null,
            old json,
            new json,
            base bigint,
            version bigint,
            recorded_at timestamptz not null,
            parked_at timestamptz not null default clock_timestamp(),
            attempts integer not null default 1,
            next_attempt_at timestamptz not null default clock_timestamp() + interval '1 second',
            error text not null,
            unique (source, change_id, map)
        );
        create index sync_parked_key on dualdb.sync_parked (source, map, key, id);
        create table dualdb.sync_conflicts
        (
            id bigint generated always as identity primary key,
            at timestamptz not null default clock_timestamp(),
            map text not null,
            key text not null,
            change_id bigint not null,
            policy text not null,
            winner text not null check (winner in ('source', 'target', 'merged', 'open')),
            source_row json,
            target_old json,
            target_new json,
            result json,
            source_version bigint,
            target_version bigint,
            resolved_at timestamptz,
            resolved_by text,
            reason text
        );
        create table dualdb.sync_backfills
        (
            map text primary key,
            last_key jsonb,
            rows bigint not null default 0,
            started_at timestamptz not null default clock_timestamp(),
            finished_at timestamptz
        );
        create index sync_conflicts_open on dualdb.sync_conflicts (map, key) where winner = 'open';

        """;

    /// <summary>A source that was restored gives its numbers out again: another change of the same number is one more.</summary>
    private const string Version2 = """
        alter table dualdb.sync_parked drop constraint if exists sync_parked_source_change_id_map_key;

        """;

    /// <summary>
    /// A position stands for maps: a node that does not know them all must not move it. The columns have other names so that nodes of an earlier version, which would not ask, cannot.
    /// </summary>
    private const string Version3 = """
        create table dualdb.sync_maps
        (
            id bigint generated always as identity primary key,
            source smallint not null,
            map text not null,
            form text not null,
            table_schema text not null,
            table_name text not null,
            recorded_at timestamptz not null default clock_timestamp(),
            needs_backfill boolean not null,
            unique (source, map, form)
        );
        alter table dualdb.sync_positions rename column last_change to last_change_id;
        alter table dualdb.sync_positions rename column moved_at to advanced_at;

        """;

    /// <summary>A direction whose log is as it was goes on from where it stopped.</summary>
    private const string Version4 = """
        alter table dualdb.sync_positions add column keeps_position boolean not null default false;

        """;

    /// <summary>
    /// A map that a node lacks keeps the position from which its changes are still to be carried, and the other maps go on. A node of an earlier version would not ask for it: again a column has another name.
    /// </summary>
    private const string Version5 = """
        create table dualdb.sync_held
        (
            source smallint not null,
            part smallint not null,
            map text not null,
            position text not null,
            held_at timestamptz not null default clock_timestamp(),
            primary key (source, part, map)
        );
        alter table dualdb.sync_positions add column is_partial boolean not null default false;
        alter table dualdb.sync_positions rename column advanced_at to reached_at;

        """;

    /// <summary>What somebody was told of a direction: whoever carries it next tells neither that it is over nor that it is new.</summary>
    private const string Version6 = """
        create table dualdb.sync_alerts
        (
            source smallint not null,
            part smallint not null,
            kind text not null,
            subject text not null,
            words text not null,
            raised_at timestamptz not null default clock_timestamp(),
            primary key (source, part, kind, subject)
        );

        """;

    /// <summary>
    /// Maps that wait while a table of theirs is altered, or somebody wants them to. Those who migrate know tables alone, and find here which of theirs are written. A node of an earlier version would not ask for a pause: once more a column has another
    /// name.
    /// </summary>
    private const string Version7 = """
        create table dualdb.sync_pauses
        (
            id bigint generated always as identity primary key,
            map text,
            site smallint,
            table_schema text,
            table_name text,
            run_id uuid,
            reason text not null,
            actor text not null,
            paused_at timestamptz not null default clock_timestamp(),
            expires_at timestamptz not null,
            ended_at timestamptz,
            ended_by text,
            compared_at timestamptz,
            check (case when map is null then site is not null and table_schema is not null and table_name is not null and run_id is not null else table_name is null end)
        );
        alter table dualdb.sync_maps add column target_schema text, add column target_table text;
        alter table dualdb.sync_positions rename column reached_at to stepped_at;

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("sync", Version1, Version2, Version3, Version4, Version5, Version6, Version7) { Pattern = "sync_positions" };
}
