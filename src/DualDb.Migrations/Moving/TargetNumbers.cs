using DualDb.Migrations.Model;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Lets the sequences of a table that has arrived go on behind all numbers that were given out where it was.</summary>
internal static class TargetNumbers
{
    // Only values that the sequence knows: a table is empty, or its numbers were given by hand, below the first one that the sequence gives, or beyond its last one. One that counts down goes on below the lowest.
    private static string Set(string column, string to) => $"""
        select setval(s.seqrelid::regclass, case when s.seqincrement > 0 then greatest(n.given, n.highest) else least(n.given, n.lowest) end)
        from pg_sequence s
        cross join lateral (
            select (select max({column}) from {to} where {column} between s.seqmin and s.seqmax)::bigint as highest, (select min({column}) from {to} where {column} between s.seqmin and s.seqmax)::bigint as lowest,
                case when $3 < s.seqmin and s.seqincrement > 0 or $3 > s.seqmax and s.seqincrement < 0 then null when $3 is not null then greatest(least($3, s.seqmax), s.seqmin) end as given
        ) n
        where s.seqrelid = pg_get_serial_sequence($1, $2)::regclass and coalesce(n.given, n.highest) is not null
        """;

    /// <summary>Sets them.</summary>
    public static async Task SetAsync(NpgsqlConnection source, MovedTable table, TableShape from, NpgsqlConnection target, TableShape to, CancellationToken cancellationToken)
    {
        foreach (var column in to.Numbered)
        {
            var given = from.Numbered.Contains(column, StringComparer.Ordinal) ? await GivenAsync(source, table, column, cancellationToken).ConfigureAwait(false) : null;
            using var command = new NpgsqlCommand(Set(SqlName.Quote(column), table.To), target)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = table.Move.To.ToString() },
                    new NpgsqlParameter<string> { TypedValue = column },
                    new NpgsqlParameter { Value = (object?)given ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                },
            };
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // Also those of rows that are deleted, or were rolled back.
    private static async Task<long?> GivenAsync(NpgsqlConnection source, MovedTable table, string column, CancellationToken cancellationToken)
    {
        using var command = new NpgsqlCommand("select pg_sequence_last_value(pg_get_serial_sequence($1, $2)::regclass)", source)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = table.Move.From.ToString() }, new NpgsqlParameter<string> { TypedValue = column } },
        };
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as long?;
    }
}
