using System.Globalization;
using DualDb.Hosting;

namespace DualDb.Migrations.History;

/// <summary>The tables of migrations, the same in both databases; runs are journalled in the home database alone.</summary>
internal static class MigrationSchema
{
    /// <summary>Whether it is there in the version of this library.</summary>
    public const string IsInstalled = """
        select to_regclass('dualdb.migration_lock') is not null
            and exists (select from pg_attribute where attrelid = to_regclass('dualdb.migration_runs') and attname = 'steps' and not attisdropped)
        """;

    /// <summary>
    /// Whether this transaction may install. Two that start at once would both find nothing, and collide; the one that comes second asks again instead of waiting within a transaction. The lock is the
    /// one that tables, the change log, events and sagas are created under: they share the schema.
    /// </summary>
    public static string TryLock { get; } = $"select pg_try_advisory_xact_lock({SchemaCreation.AdvisoryLock.ToString(CultureInfo.InvariantCulture)})";

    /// <summary>Creates what is missing.</summary>
    public const string Create = """
        do $dualdb$
        begin
            if to_regnamespace('dualdb') is null then
                create schema dualdb;
            end if;
            if to_regclass('dualdb.schema_versions') is null then
                create table dualdb.schema_versions
                (
                    module text primary key,
                    version integer not null,
                    installed_at timestamptz not null default clock_timestamp()
                );
            end if;
            if coalesce((select version from dualdb.schema_versions where module = 'migrations'), 0) = 0 then
                create table dualdb.migrations
                (
                    name text primary key,
                    checksum text not null,
                    phase smallint not null,
                    state text not null check (state in ('applying', 'applied', 'reverting', 'reverted')),
                    statements integer not null,
                    done integer not null,
                    undone integer not null default 0,
                    cursor text,
                    attempt integer,
                    attempt_pid integer,
                    attempt_backend_start timestamptz,
                    started_at timestamptz not null default clock_timestamp(),
                    finished_at timestamptz,
                    duration interval not null default interval '0',
                    actor text not null,
                    tool_version text not null,
                    run_id uuid not null,
                    error text
                );
                create table dualdb.migration_lock
                (
                    id smallint primary key check (id = 1),
                    owner uuid,
                    token bigint not null default 0,
                    expires_at timestamptz not null default '-infinity',
                    holder text
                );
                insert into dualdb.migration_lock (id) values (1);
                create table dualdb.migration_runs
                (
                    run_id uuid primary key,
                    plan_hash text not null,
                    plan text[] not null,
                    policy text not null,
                    state text not null check (state in ('running', 'failed', 'compensating', 'compensated', 'succeeded')),
                    actor text not null,
                    tool_version text not null,
                    starts integer not null default 1,
                    started_at timestamptz not null default clock_timestamp(),
                    finished_at timestamptz,
                    error text
                );
                insert into dualdb.schema_versions (module, version) values ('migrations', 1);
            end if;
            if not exists (select from pg_attribute where attrelid = 'dualdb.migration_runs'::regclass and attname = 'steps' and not attisdropped) then
                alter table dualdb.migration_runs add column steps text[];
            end if;
        end
        $dualdb$
        """;
}
