using System.Globalization;

namespace DualDb.Migrations.Tests.Recipes;

#region guide
public sealed class FillAmounts : IDataMigration
{
    public string Id => "neon/20260601T0910_fill_amounts";

    public IReadOnlyList<string> Requires => ["neon/20260601T0900_amount_new"];

    public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        var from = long.Parse(batch.Cursor ?? "0", CultureInfo.InvariantCulture);
        var last = await batch.Neon.ExecuteScalarAsync<long?>(
            $"""
            with part as (select max(id) as last from (select id from invoices where id > {from} order by id limit 5000) as next),
                filled as (update invoices set amount_new = amount from part where id > {from} and id <= part.last and amount_new is null)
            select last from part
            """,
            cancellationToken);
        return last?.ToString(CultureInfo.InvariantCulture);
    }
}
#endregion
