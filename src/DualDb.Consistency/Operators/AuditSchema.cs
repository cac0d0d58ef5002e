using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Operators;

/// <summary>What operators did: a row before, and another with what came of it.</summary>
internal static class AuditSchema
{
    /// <summary>An entry younger than this cannot be removed, whatever the application says.</summary>
    public const int LeastDays = 30;

    // Rows are added and never changed: the trigger keeps accidents out, and tools that mean well. Whoever owns the table could remove it.
    private const string Version1 = """
        create table dualdb.operator_audit
        (
            id bigint generated always as identity primary key,
            application text not null,
            at timestamptz not null default clock_timestamp(),
            begun bigint references dualdb.operator_audit (id) on delete cascade,
            actor text not null,
            action text not null,
            target text not null,
            reason text not null,
            outcome text not null check (outcome in ('begun', 'done', 'refused', 'failed')),
            detail text not null
        );
        create index on dualdb.operator_audit (application, id desc) where begun is null;
        create unique index on dualdb.operator_audit (begun) where begun is not null;

        create function dualdb.keep_operator_audit() returns trigger language plpgsql as $audit$
        begin
            if tg_op = 'DELETE' and old.at < clock_timestamp() - interval '30 days' then
                return old;
            end if;
            raise exception 'dualdb.operator_audit is appended to only; entries of more than 30 days may be removed' using errcode = 'restrict_violation';
        end
        $audit$;
        create trigger keep before update or delete on dualdb.operator_audit for each row execute function dualdb.keep_operator_audit();
        create trigger keep_all before truncate on dualdb.operator_audit for each statement execute function dualdb.keep_operator_audit();

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("operators", Version1);
}
