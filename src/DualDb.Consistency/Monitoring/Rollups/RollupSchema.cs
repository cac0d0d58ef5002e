using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Monitoring.Rollups;

/// <summary>What is kept of figures.</summary>
internal static class RollupSchema
{
    // Written over and over while its piece lasts: with room on its page, no index is touched.
    private const string Version1 = """
        create table dualdb.kpi_rollups
        (
            application text not null,
            seconds integer not null,
            began_at timestamptz not null,
            node uuid not null,
            figures text not null,
            primary key (application, seconds, began_at, node)
        ) with (fillfactor = 70);

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("monitoring", Version1);
}
