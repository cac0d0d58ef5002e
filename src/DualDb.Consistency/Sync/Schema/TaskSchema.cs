using DualDb.Consistency.Schema;

namespace DualDb.Consistency.Sync.Schema;

/// <summary>What is done from time to time, by one node at a time.</summary>
internal static class TaskSchema
{
    private const string Version1 = """
        create table dualdb.sync_tasks
        (
            task text primary key,
            owner uuid not null,
            began_at timestamptz not null,
            expires_at timestamptz not null
        );

        """;

    /// <summary>The module.</summary>
    public static SchemaModule Module { get; } = new("sync_tasks", Version1) { Pattern = "sync_positions" };
}
