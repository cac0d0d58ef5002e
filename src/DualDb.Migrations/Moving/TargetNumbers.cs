using DualDb.Migrations.Model;
using Npgsql;

namespace DualDb.Migrations.Moving;

/// <summary>Lets the sequences of a table that has arrived go on behind all numbers that were given out where it was.</summary>
internal static class TargetNumbers
{
    /// <summary>Sets them.</summary>
    public static async Task SetAsync(NpgsqlConnection source, MovedTable table, TableShape from, NpgsqlConnection target, TableShape to, CancellationToken cancellationToken)
    {
        foreach (var column in to.Numbered)
        {
            var given = from.Numbered.Contains(column, StringComparer.Ordinal) ? await GivenAsync(source, table, column, cancellationToken).ConfigureAwait(false) : null;
            using var command = new NpgsqlCommand(
                $"select setval(pg_get_serial_sequence($1, $2), highest) from (select greatest($3::bigint, max({SqlName.Quote(column)})) as highest from {table.To}) numbers where highest is not null", target)
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
