namespace DualDb.Consistency.Sync.Applying;

/// <summary>
/// The statements of a route. Rows come as JSON and are given the types of the target's columns by the target itself, so that both sides need not agree on a driver's idea of a value, and hundreds
/// of rows are one statement.
/// </summary>
internal sealed class RouteSql
{
    public RouteSql(Route route)
    {
        var table = route.To.Quoted;
        var all = Identifiers.List(route.Columns.Select(static column => column.To));
        var values = route.Columns.Select(static column => column.To).Except(route.KeyTo, StringComparer.Ordinal).ToList();
        var incoming = $"jsonb_to_recordset($1) as c (k text, d jsonb) cross join lateral jsonb_populate_record(null::{table}, c.d) r";
        var matches = string.Join(" and ", route.KeyTo.Select(static column => $"t.{Identifiers.Quote(column)} = r.{Identifiers.Quote(column)}"));
        Upsert = $"""
            insert into {table} as t ({all}) overriding system value
            select {Identifiers.List(route.Columns.Select(static column => column.To), "r.")} from {incoming}
            on conflict ({Identifiers.List(route.KeyTo)}) do {(values.Count == 0 ? "nothing" : "update set " + string.Join(", ", values.Select(static column => $"{Identifiers.Quote(column)} = excluded.{Identifiers.Quote(column)}")))}
            """;
        Delete = $"delete from {table} t using {incoming} where {matches}";
        Lock = $"select 1 from {table} t join (select r.* from {incoming}) r on {matches} order by {Identifiers.List(route.KeyTo, "t.")} for update of t";
        Current = $"""
            select c.k, coalesce(s.epoch, 0), coalesce(s.stamps, '{"{}"}'), coalesce(s.grounds, '{"{}"}'), coalesce(s.version, 0), case when coalesce(s.epoch, 0) <> c.b then to_jsonb(t) end::text
            from jsonb_to_recordset($1) as c (k text, d jsonb, b bigint) cross join lateral jsonb_populate_record(null::{table}, c.d) r
            left join {table} t on {matches}
            left join dualdb.sync_rows s on s.table_id = (select id from dualdb.sync_tables where table_schema = $2 and table_name = $3) and s.key = c.k
            """;
        Emit = $"""
            insert into dualdb.change_log (table_schema, table_name, operation, key, old, new, origin, base, version, schema_version)
            select $2, $3, case when t is null then 'D' else 'U' end, c.n, case when t is null then c.n end, to_jsonb(t), $4, c.e, c.v, $5
            from jsonb_to_recordset($1) as c (k text, d jsonb, n jsonb, e bigint, v bigint) cross join lateral jsonb_populate_record(null::{table}, c.d) r
            left join {table} t on {matches}
            """;
    }

    /// <summary>Inserts or overwrites rows: <c>$1</c> with their keys' texts <c>k</c> and documents <c>d</c>.</summary>
    public string Upsert { get; }

    /// <summary>Deletes rows: <c>$1</c> as above, of which the keys are enough.</summary>
    public string Delete { get; }

    /// <summary>Locks the rows that are there, in the order of their keys.</summary>
    public string Lock { get; }

    /// <summary>How rows stand, and, where that is not what the other side has seen (<c>b</c>), what they are. <c>$2</c>, <c>$3</c>: the table. After the lock, so that it is under a snapshot of its own.</summary>
    public string Current { get; }

    /// <summary>Says in the log what was decided, as if it had been written here: <c>n</c> is the key by column, <c>e</c> the name of the word, <c>v</c> its version; <c>$4</c> the origin, <c>$5</c> the form's version.</summary>
    public string Emit { get; }
}
