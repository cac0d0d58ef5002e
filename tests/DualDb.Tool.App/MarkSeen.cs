using System.Globalization;
using DualDb.Migrations;

namespace DualDb.Tool.App;

/// <summary>A migration of code, which the tool alone could not run.</summary>
internal sealed class MarkSeen : IDataMigration
{
    public string Id => "neon/20260101T1200_mark_seen";

    public async Task<string?> RunBatchAsync(MigrationBatch batch, CancellationToken cancellationToken)
    {
        var from = long.Parse(batch.Cursor ?? "0", CultureInfo.InvariantCulture);
        var last = await batch.Neon.ExecuteScalarAsync<long?>($"with seen as (update members set seen = coalesce(seen, 0) + 1 where id > {from} and id <= {from + 10} returning id) select max(id) from seen", cancellationToken);
        return last?.ToString(CultureInfo.InvariantCulture);
    }
}
