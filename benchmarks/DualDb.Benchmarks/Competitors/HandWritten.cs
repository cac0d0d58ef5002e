using System.Data;
using DualDb.Benchmarks.Shop;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Benchmarks.Competitors;

/// <summary>
/// Npgsql as its own documentation advises to write it for speed: positional typed parameters, typed getters with constant ordinals,
/// lists of known size.
/// </summary>
internal static class HandWritten
{
    private const string Columns = "id, user_id, status, total, weight, note, placed_at, items";

    public static async Task<Order?> FindAsync(NpgsqlDataSource source, long id)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"select {Columns} from bench.orders where id = $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleRow);
        return await reader.ReadAsync() ? Read(reader) : null;
    }

    public static async Task<List<Order>> ListAsync(NpgsqlDataSource source, int limit)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"select {Columns} from bench.orders order by id limit $1", connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = limit });
        await using var reader = await command.ExecuteReaderAsync();
        return await ReadAllAsync(reader, limit);
    }

    public static async Task<List<Order>> FindManyAsync(NpgsqlDataSource source, long[] ids)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand($"select {Columns} from bench.orders where id = any($1)", connection);
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        await using var reader = await command.ExecuteReaderAsync();
        return await ReadAllAsync(reader, ids.Length);
    }

    public static async Task CopyAsync(NpgsqlDataSource source, IReadOnlyList<Parcel> parcels)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var importer = await connection.BeginBinaryImportAsync(
            "copy bench.parcels (id, order_id, price, grams, label, packed_at) from stdin (format binary)");
        foreach (var parcel in parcels)
        {
            await importer.StartRowAsync();
            await importer.WriteAsync(parcel.Id, NpgsqlDbType.Uuid);
            await importer.WriteAsync(parcel.OrderId, NpgsqlDbType.Bigint);
            await importer.WriteAsync(parcel.Price, NpgsqlDbType.Numeric);
            await importer.WriteAsync(parcel.Grams, NpgsqlDbType.Integer);
            if (parcel.Label is null)
            {
                await importer.WriteNullAsync();
            }
            else
            {
                await importer.WriteAsync(parcel.Label, NpgsqlDbType.Text);
            }

            await importer.WriteAsync(parcel.PackedAt, NpgsqlDbType.TimestampTz);
        }

        await importer.CompleteAsync();
    }

    private static async Task<List<Order>> ReadAllAsync(NpgsqlDataReader reader, int capacity)
    {
        var orders = new List<Order>(capacity);
        while (await reader.ReadAsync())
        {
            orders.Add(Read(reader));
        }

        return orders;
    }

    private static Order Read(NpgsqlDataReader row) => new()
    {
        Id = row.GetInt64(0),
        UserId = row.GetGuid(1),
        Status = (OrderStatus)row.GetInt32(2),
        Total = row.GetDecimal(3),
        Weight = row.GetDouble(4),
        Note = row.IsDBNull(5) ? null : row.GetString(5),
        PlacedAt = row.GetDateTime(6),
        Items = row.GetInt32(7),
    };
}
