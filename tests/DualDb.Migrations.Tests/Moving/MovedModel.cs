using DualDb.Migrations.Model;

namespace DualDb.Migrations.Tests.Moving;

/// <summary>A shop whose wishes go from Neon to Supabase: they refer to orders, gifts refer to them, and both sides have an enum of the same name.</summary>
internal static class MovedModel
{
    public static TableModel Orders { get; } = new()
    {
        Database = Database.Neon, Schema = "shop", Name = "orders", PrimaryKey = ["id"],
        Columns = [Column("id", "bigint") with { IsIdentity = true }, Column("mood", "public.mood")],
    };

    public static TableModel Profiles { get; } = new()
    {
        Database = Database.Supabase, Schema = "public", Name = "profiles", PrimaryKey = ["id"], Columns = [Column("id", "uuid"), Column("best_wish", "bigint") with { IsNullable = true }],
    };

    public static TableModel Wishes { get; } = new()
    {
        Database = Database.Neon, Schema = "shop", Name = "wishes", Comment = "What people wish.", PrimaryKey = ["id"],
        Columns = [Column("id", "bigint") with { IsIdentity = true }, Column("order_id", "bigint"), Column("profile_id", "uuid"), Column("slot", "integer"), Column("text", "text") with { Default = "''" }, Column("mood", "public.mood")],
        Uniques = [new UniqueModel("wishes_slot_key", ["slot"])],
        Checks = [new CheckModel("wishes_slot", "slot > 0")],
        Indexes = [new IndexModel("wishes_text_idx", ["text"])],
        ForeignKeys = [new ForeignKeyModel("wishes_order_id_fkey", "order_id", "shop", "orders", "id")],
    };

    public static TableModel Gifts { get; } = new()
    {
        Database = Database.Neon, Schema = "shop", Name = "gifts", PrimaryKey = ["id"],
        Columns = [Column("id", "bigint") with { IsIdentity = true }, Column("wish_id", "bigint")],
        ForeignKeys = [new ForeignKeyModel("gifts_wish_id_fkey", "wish_id", "shop", "wishes", "id")],
    };

    private static EnumModel Mood { get; } = new(Database.Neon, "public", "mood", ["glad", "sad"]);

    /// <summary>All that is in Neon.</summary>
    public static SchemaModel Before { get; } = new() { Tables = [Gifts, Orders, Wishes, Profiles], Enums = [Mood] };

    /// <summary>The wishes in Supabase: keys lead within a database only.</summary>
    public static SchemaModel After { get; } = new()
    {
        Tables =
        [
            Gifts with { ForeignKeys = [] },
            Orders,
            Profiles with { ForeignKeys = [new ForeignKeyModel("profiles_best_wish_fkey", "best_wish", "shop", "wishes", "id")] },
            Moved,
        ],
        Enums = [Mood, Mood with { Database = Database.Supabase }],
    };

    /// <summary>The wishes where they go.</summary>
    public static TableModel Moved => Wishes with { Database = Database.Supabase, ForeignKeys = [new ForeignKeyModel("wishes_profile_id_fkey", "profile_id", "public", "profiles", "id")] };

    private static ColumnModel Column(string name, string type) => new() { Name = name, Type = type };
}
