using Dapper;
using DualDb.Benchmarks.Shop;
using Npgsql;

namespace DualDb.Benchmarks.Competitors;

/// <summary>Dapper, with the columns named as the members are, so that its fastest way of mapping applies.</summary>
internal static class WithDapper
{
    private const string Select =
        """select id as "Id", user_id as "UserId", status as "Status", total as "Total", weight as "Weight", note as "Note", placed_at as "PlacedAt", items as "Items" from bench.orders""";

    public static async Task<Order?> FindAsync(NpgsqlDataSource source, long id)
    {
        await using var connection = await source.OpenConnectionAsync();
        return await connection.QueryFirstOrDefaultAsync<Order>($"{Select} where id = @id", new { id });
    }

    public static async Task<List<Order>> ListAsync(NpgsqlDataSource source, int limit)
    {
        await using var connection = await source.OpenConnectionAsync();
        return (await connection.QueryAsync<Order>($"{Select} order by id limit @limit", new { limit })).AsList();
    }
}
