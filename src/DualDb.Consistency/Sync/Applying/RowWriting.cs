using DualDb.Consistency.Schema;
using DualDb.Consistency.Sync.Feeding;
using Npgsql;
using NpgsqlTypes;

namespace DualDb.Consistency.Sync.Applying;

/// <summary>Adds the statements that write rows.</summary>
internal static class RowWriting
{
    public static void Add(NpgsqlBatch batch, Route route, IReadOnlyList<RowChange> gone, IReadOnlyList<RowChange> there)
    {
        if (gone.Count > 0)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(route.Sql.Delete, Documents(gone)));
        }

        if (there.Count > 0)
        {
            batch.BatchCommands.Add(DatabaseCall.Command(route.Sql.Upsert, Documents(there)));
        }
    }

    public static NpgsqlParameter Documents(IEnumerable<RowChange> rows) => Rows(rows.Select(static row => $$"""{"k":{{RowDocument.Text(row.Key)}},"d":{{row.Document}}}"""));

    public static NpgsqlParameter Rows(IEnumerable<string> rows) => new NpgsqlParameter<string> { TypedValue = RowDocument.Array(rows), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
