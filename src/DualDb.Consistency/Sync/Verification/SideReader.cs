using System.Globalization;
using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Backfill;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Verification;

/// <summary>Asks one side.</summary>
internal sealed class SideReader(TableSide side)
{
    private const long SampledAbove = 200_000;
    private const string Estimate = "select coalesce((select reltuples from pg_class where oid = to_regclass($1)), -1)::bigint";

    public TableSide Side => side;

    public Task<long> CountAsync(CancellationToken cancellationToken) => AskAsync(BlockSql.Count(side), [], static row => row.GetInt64(0), cancellationToken);

    /// <summary>Values between which there are about so many rows.</summary>
    public async Task<string[]> BoundsAsync(int blockSize, Range range, CancellationToken cancellationToken)
    {
        var rows = range.IsWhole ? await AskAsync(Estimate, [DatabaseCall.Parameter(side.Table.Quoted)], static row => row.GetInt64(0), cancellationToken).ConfigureAwait(false) : -1;
        var percent = rows > SampledAbove ? 100.0 * 20_000 / rows : 100;
        var every = Math.Max(1, (long)(blockSize * percent / 100));
        return await AskAsync(
            BlockSql.Bounds(side, percent < 100 ? percent.ToString("0.######", CultureInfo.InvariantCulture) : null),
            [DatabaseCall.Parameter(every), .. range.Parameters()],
            static row => row.GetFieldValue<string[]>(0),
            cancellationToken).ConfigureAwait(false);
    }

    public Task<Dictionary<int, (long Rows, long Hash)>> BlocksAsync(string[] bounds, Range range, CancellationToken cancellationToken)
        => AllAsync(
            BlockSql.Blocks(side),
            [DatabaseCall.Parameter(bounds, NpgsqlDbType.Text), .. range.Parameters()],
            static (Dictionary<int, (long, long)> blocks, NpgsqlDataReader row) => blocks.Add(row.GetInt32(0), (row.GetInt64(1), row.GetInt64(2))),
            cancellationToken);

    public Task<Dictionary<string, (string Key, long Hash)>> RowsAsync(Range range, CancellationToken cancellationToken)
        => AllAsync<Dictionary<string, (string, long)>>(BlockSql.Rows(side), range.Parameters(), Add, cancellationToken);

    /// <param name="keys">The keys as a JSON array, by the side's columns.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<Dictionary<string, (string Key, long Hash)>> RowsAsync(string keys, CancellationToken cancellationToken)
        => AllAsync<Dictionary<string, (string, long)>>(BlockSql.Named(side), [new NpgsqlParameter<string> { TypedValue = keys, NpgsqlDbType = NpgsqlDbType.Jsonb }], Add, cancellationToken);

    private static void Add(Dictionary<string, (string, long)> rows, NpgsqlDataReader row) => rows.Add(row.GetString(0), (row.GetString(1), row.GetInt64(2)));

    private Task<T> AskAsync<T>(string sql, NpgsqlParameter[] parameters, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        => DatabaseCall.AskAsync(
            side.Database,
            $"Comparing {side.Table.Name}",
            [DatabaseCall.Command(WordSettings.Sql), DatabaseCall.Command(sql, parameters)],
            async (reader, token) =>
            {
                await reader.NextResultAsync(token).ConfigureAwait(false);
                await reader.ReadAsync(token).ConfigureAwait(false);
                return read(reader);
            },
            cancellationToken);

    private Task<T> AllAsync<T>(string sql, NpgsqlParameter[] parameters, Action<T, NpgsqlDataReader> add, CancellationToken cancellationToken)
        where T : new()
        => DatabaseCall.AskAsync(
            side.Database,
            $"Comparing {side.Table.Name}",
            [DatabaseCall.Command(WordSettings.Sql), DatabaseCall.Command(sql, parameters)],
            async (reader, token) =>
            {
                await reader.NextResultAsync(token).ConfigureAwait(false);
                var all = new T();
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                {
                    add(all, reader);
                }

                return all;
            },
            cancellationToken);
}
