using System.Globalization;

namespace DualDb.Migrations.Tests.Recipes;

#region guide
public sealed class CopyClients : IDataMigration
{
    public string Id => "neon/20260601T0910_copy_clients";

    public IReadOnlyList<string> Requires => ["neon/20260601T0900_clients"];

    public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        var last = await batch.Neon.ExecuteScalarAsync<long?>(
            $"""
            with part as (select id, name from customers where id > {long.Parse(batch.Cursor ?? "0", CultureInfo.InvariantCulture)} order by id limit 5000 for share),
                copied as (insert into crm.clients (id, name) select id, name from part on conflict (id) do nothing)
            select max(id) from part
            """,
            cancellationToken);
        return last?.ToString(CultureInfo.InvariantCulture);
    }
}
#endregion
