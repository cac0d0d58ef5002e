using System.Globalization;

namespace DualDb.Migrations.Tests.Recipes;

#region guide
public sealed class FillBuyers : IDataMigration
{
    public string Id => "neon/20260601T0910_fill_buyers";

    public IReadOnlyList<string> Requires => ["neon/20260601T0900_buyer"];

    public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        var from = long.Parse(batch.Cursor ?? "0", CultureInfo.InvariantCulture);
        var last = await batch.Neon.ExecuteScalarAsync<long?>(
            $"""
            with part as (select max(id) as last from (select id from orders where id > {from} order by id limit 5000) as next),
                filled as (update orders set buyer = customer from part where id > {from} and id <= part.last and buyer is null)
            select last from part
            """,
            cancellationToken);
        return last?.ToString(CultureInfo.InvariantCulture);
    }
}
#endregion
