using Npgsql;
using NpgsqlTypes;

namespace DualDb.Benchmarks.Competitors;

/// <summary>A copy of the change log as one writes it by hand: reads on by number, and writes each batch with one statement. It passes over what commits late, and knows neither deletions nor refused rows.</summary>
internal sealed class LogCopy(NpgsqlDataSource neon, NpgsqlDataSource supabase)
{
    private const int BatchSize = 500;

    /// <summary>Copies the rows from a key on.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RunAsync(long firstKey, CancellationToken cancellationToken)
    {
        var (last, copied) = (0L, 0);
        await using var source = await neon.OpenConnectionAsync(cancellationToken);
        await using var target = await supabase.OpenConnectionAsync(cancellationToken);
        while (await ReadAsync(source, last, firstKey, cancellationToken) is { Count: > 0 } rows)
        {
            await using var write = new NpgsqlCommand(
                """
                insert into bench.copied select r.* from jsonb_populate_recordset(null::bench.copied, $1) r
                on conflict (id) do update set user_id = excluded.user_id, kind = excluded.kind, place = excluded.place, at = excluded.at,
                    amount = excluded.amount, succeeded = excluded.succeeded, device = excluded.device
                """,
                target);
            write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = "[" + string.Join(',', rows.Select(static row => row.Row)) + "]", NpgsqlDbType = NpgsqlDbType.Jsonb });
            copied += await write.ExecuteNonQueryAsync(cancellationToken);
            last = rows[^1].Id;
        }

        return copied;
    }

    private static async Task<List<(long Id, string Row)>> ReadAsync(NpgsqlConnection source, long last, long firstKey, CancellationToken cancellationToken)
    {
        await using var read = new NpgsqlCommand(
            "select id, new::text from dualdb.change_log where id > $1 and table_name = 'followed' and operation = 'I' and (new ->> 'id')::bigint >= $2 order by id limit $3", source);
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = last });
        read.Parameters.Add(new NpgsqlParameter<long> { TypedValue = firstKey });
        read.Parameters.Add(new NpgsqlParameter<int> { TypedValue = BatchSize });
        var rows = new List<(long, string)>();
        await using var reader = await read.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetInt64(0), reader.GetString(1)));
        }

        return rows;
    }
}
