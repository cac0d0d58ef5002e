using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>What comparisons found, in Supabase, which does not sleep.</summary>
internal static class VerificationSchema
{
    private const string Version1 = """
        create table dualdb.verification_runs
        (
            id bigint generated always as identity primary key,
            started_at timestamptz not null,
            duration interval not null,
            actor text,
            reason text not null check (reason in ('asked', 'scheduled', 'counts')),
            is_consistent boolean not null,
            repaired_at timestamptz,
            repaired_by text,
            repaired_rows bigint
        );
        create table dualdb.verification_results
        (
            run bigint not null references dualdb.verification_runs on delete cascade,
            place integer not null,
            name text not null,
            is_reference boolean not null,
            source_rows bigint not null,
            target_rows bigint not null,
            missing_in_target bigint not null,
            missing_in_source bigint not null,
            different bigint not null,
            orphans bigint not null,
            in_flight bigint not null,
            is_partial boolean not null,
            is_confirmed boolean not null,
            faults text[] not null,
            primary key (run, place)
        );
        create table dualdb.verification_differences
        (
            run bigint not null references dualdb.verification_runs on delete cascade,
            number integer not null,
            name text not null,
            kind text not null check (kind in ('missing_in_target', 'missing_in_source', 'different', 'orphan')),
            key text not null,
            key_text text not null,
            reason text,
            rows bigint,
            primary key (run, number)
        );

        """;

    /// <summary>Both sides of a map are compared after a pause.</summary>
    private const string Version2 = """
        alter table dualdb.verification_runs drop constraint verification_runs_reason_check, add constraint verification_runs_reason_check check (reason in ('asked', 'scheduled', 'counts', 'pause'));

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("verification", Version1, Version2) { Pattern = "sync_positions" };
}
