namespace DualDb.Consistency.Sync.Verification;

/// <summary>The statements of a comparison. Settings that texts depend on are set beside them, in the same round trip.</summary>
internal static class BlockSql
{
    /// <summary>
    /// Where blocks begin: of large tables, about as many values as are asked for from a sample; it does not matter where, as long as both sides use the same. <c>$1</c>: every how manieth row,
    /// <c>$2</c>, <c>$3</c>: between which values.
    /// </summary>
    public static string Bounds(TableSide side, string? sample) => $"""
        select coalesce(array_agg(first_key::text order by first_key), '{"{}"}') from (
            select distinct first_key from (
                select first_key, row_number() over (order by first_key) as place from (
                    select {side.Leading} as first_key from {side.Table.Quoted}{(sample is null ? "" : $" tablesample system ({sample})")} where {side.Filter}{Between(side, 2)}
                ) first_keys
            ) numbered where place % $1 = 0
        ) bounds
        """;

    /// <summary>How many rows there are in about each block, and the sum of their hashes: <c>$1</c> the bounds, <c>$2</c>, <c>$3</c> between which values.</summary>
    public static string Blocks(TableSide side) => $"""
        select block, count(*), bit_xor(hash) from (
            select width_bucket({side.Leading}, bounds.bounds) as block, {side.Row} as hash
            from {side.Table.Quoted}, (select $1::text[]::{side.LeadingType}[] as bounds offset 0) bounds where {side.Filter}{Between(side, 2)}
        ) rows group by block
        """;

    /// <summary>Each row's hash between two values.</summary>
    public static string Rows(TableSide side) => $"select {side.KeyText}, {side.Key}, {side.Row} from {side.Table.Quoted} where {side.Filter}{Between(side, 1)}";

    /// <summary>The hashes of the rows of keys, and the point of time: <c>$1</c> the keys by the side's columns.</summary>
    public static string Named(TableSide side)
    {
        var keys = string.Join(", ", side.KeyColumns.Select(Identifiers.Quote));
        return $"""
            select {side.KeyText}, {side.Key}, {side.Row} from {side.Table.Quoted}
            where ({keys}) in (select {Identifiers.List(side.KeyColumns, "r.")} from jsonb_populate_recordset(null::{side.Table.Quoted}, $1) r) and {side.Filter}
            """;
    }

    public static string Count(TableSide side) => $"select count(*) from {side.Table.Quoted} where {side.Filter}";

    private static string Between(TableSide side, int first)
        => string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $" and (${first}::text is null or {side.Leading} >= ${first}::text::{side.LeadingType}) and (${first + 1}::text is null or {side.Leading} < ${first + 1}::text::{side.LeadingType})");
}
