using DualDb.Consistency.Sync;

namespace DualDb.Consistency.Tests.Sync;

/// <summary>A table of items on both sides, under other names of table and columns in Supabase.</summary>
internal static class Maps
{
    public const string Items = "create table items (id bigint primary key, name text, amount numeric(12,2), stock integer, at timestamptz)";

    public const string Copies = "create table copies (item_id bigint primary key, title text, amount numeric(12,2), stock integer, at timestamptz)";

    public static SyncMap Of(SyncDirection direction, ConflictPolicy policy = ConflictPolicy.SourcePriority) => new()
    {
        Name = "items",
        Source = new SyncTable(Database.Neon, "public", "items"),
        Target = new SyncTable(Database.Supabase, "public", "copies"),
        Direction = direction,
        OnConflict = policy,
        Columns =
        [
            new SyncColumn("id", "item_id") { IsKey = true },
            new SyncColumn("name", "title"),
            new SyncColumn("amount", "amount"),
            new SyncColumn("stock", "stock") { IsCounter = true },
            new SyncColumn("at", "at"),
        ],
    };
}
