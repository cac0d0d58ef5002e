using DualDb.ChangeLog;
using DualDb.Consistency.Sync.Applying;

namespace DualDb.Consistency.Sync.Backfill;

/// <summary>
/// Says rows that are there in the log, as if they had just been written: they then go the way of every change, in line with those that are made meanwhile. The rows are locked while they are said, so
/// that what is said last of a row is what it is.
/// </summary>
internal sealed class WordSql
{
    public WordSql(Route route)
    {
        var table = route.From.Quoted;
        var keys = Identifiers.List(route.KeyFrom, "t.");
        Next = $"""
            with chunk as materialized (
                select t.key_text as k, t.key_row as n, t.row, row_number() over () as place from (
                    select {Text(route, "to_jsonb(t)")} as key_text, {Object(route, "t.")} as key_row, to_jsonb(t) as row from {table} t
                    where $3::jsonb is null or ({keys}) > (select {Identifiers.List(route.KeyFrom, "l.")} from jsonb_populate_record(null::{table}, $3) l)
                    order by {keys} limit $4 for share
                ) t
            ), {Say("w.epoch")}
            select n::text, (select count(*) from logged) from chunk order by place desc limit 1
            """;
        Named = $"""
            with chunk as materialized (
                select c.k, c.n, to_jsonb(t) as row from jsonb_to_recordset($3) as c (k text, n jsonb) cross join lateral jsonb_populate_record(null::{table}, c.n) r
                left join {table} t on {string.Join(" and ", route.KeyFrom.Select(static column => $"t.{Identifiers.Quote(column)} = r.{Identifiers.Quote(column)}"))}
            ), {Say(route.Decides ? "-1" : "w.epoch")}
            select null::text, (select count(*) from logged)
            """;
        Lock = $"""
            select 1 from {table} t join (select r.* from jsonb_to_recordset($1) as c (n jsonb) cross join lateral jsonb_populate_record(null::{table}, c.n) r) r
            on {string.Join(" and ", route.KeyFrom.Select(static column => $"t.{Identifiers.Quote(column)} = r.{Identifiers.Quote(column)}"))} order by {keys} for share of t
            """;
    }

    /// <summary>
    /// A row that was never written under the synchronisation has the lowest version there is: whatever was really written on the other side is later. One that was keeps its own.
    /// </summary>
    /// <param name="ground">What their writer knew: <c>w.epoch</c> for what is known here.</param>
    private static string Say(string ground) => $$"""
        synced as (
            select * from dualdb.sync_tables where table_schema = $1 and table_name = $2
        ), words as (
            insert into dualdb.sync_rows as s (table_id, key, epoch, version, stamps, grounds, deleted)
            select t.id, c.k, case t.role when 'primary' then {{SyncCapture.NewWord}} else 0 end, 2 + t.site,
                case t.role when 'primary' then array[2::bigint + t.site] else '{}' end, case t.role when 'primary' then array[0::bigint] else '{}' end, c.row is null
            from chunk c, synced t where t.role <> 'source'
            on conflict on constraint sync_rows_pkey do update set
                epoch = case excluded.epoch when 0 then s.epoch else excluded.epoch end,
                stamps = case excluded.epoch when 0 then s.stamps else s.stamps[greatest(1, cardinality(s.stamps) - 6):] || s.version end,
                grounds = case excluded.epoch when 0 then s.grounds else s.grounds[greatest(1, cardinality(s.grounds) - 6):] || s.epoch end,
                deleted = excluded.deleted
            returning key, epoch, version
        ), logged as (
            insert into dualdb.change_log (table_schema, table_name, operation, key, old, new, origin, base, version, schema_version)
            select t.table_schema, t.table_name, case when c.row is null then 'D' else 'I' end, c.n, case when c.row is null then c.n end, c.row, 'backfill', {{ground}}, coalesce(w.version, 0), t.schema_version
            from chunk c cross join synced t left join words w on w.key = c.k
            returning 1
        )
        """;

    /// <summary>The rows behind a key (<c>$3</c>, null for the first ones), at most <c>$4</c>; <c>$1</c>, <c>$2</c> name the table. Returns the last key, and how many there were.</summary>
    public string Next { get; }

    /// <summary>
    /// The rows of keys (<c>$3</c>); those that are not there are said to be gone. To the deciding side with <see cref="RowChange.Overrules"/>: an operator has decided, and no policy may decide against it.
    /// </summary>
    public string Named { get; }

    /// <summary>Locks the rows of keys, before <see cref="Named"/>.</summary>
    public string Lock { get; }

    private static string Text(Route route, string row)
        => route.KeyFrom.Count == 1
            ? $"({row} -> {Literal(route.KeyFrom[0])})::text"
            : $"jsonb_build_array({string.Join(", ", route.KeyFrom.Select(column => $"{row} -> {Literal(column)}"))})::text";

    private static string Object(Route route, string prefix)
        => $"jsonb_build_object({string.Join(", ", route.KeyFrom.Select(column => $"{Literal(column)}, {prefix}{Identifiers.Quote(column)}"))})";

    private static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
