using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>What the installed maps copy of each table, in the database that is written.</summary>
internal static class ShapeSchema
{
    private const string Version1 = """
        create table dualdb.sync_shapes
        (
            table_schema text not null,
            table_name text not null,
            shape text not null,
            recorded_at timestamptz not null default clock_timestamp(),
            primary key (table_schema, table_name)
        );

        """;

    /// <summary>Records a shape: <c>$1</c>, <c>$2</c> the table, <c>$3</c> the shape.</summary>
    public const string Record = """
        insert into dualdb.sync_shapes as s (table_schema, table_name, shape) values ($1, $2, $3)
        on conflict (table_schema, table_name) do update set shape = excluded.shape, recorded_at = excluded.recorded_at where s.shape <> excluded.shape
        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("sync_shapes", Version1);
}
