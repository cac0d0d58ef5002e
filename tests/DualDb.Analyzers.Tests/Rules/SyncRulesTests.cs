using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>How maps fit together, and the code around them.</summary>
public sealed class SyncRulesTests
{
    private const string Model = """
        using DualDb.Consistency.Sync;
        public enum Stage { New, Old }
        [Neon] public sealed partial record Order([Key(Generated = true)] long Id, [Column(Type = "varchar(20)")] string Name, int Count, string? Note, [StoredAsText] Stage Stage);
        [Supabase] public sealed partial record Card([Key] long Id, string Name, long Count, string? Note, Stage Stage) { [UpdatedAt] public DateTimeOffset At { get; set; } }
        [Supabase] public sealed partial record Twin([Key] long Id, [Column(Type = "character varying(20)")] string Name, [Column(Type = "int4")] int Count, string? Note, [StoredAsText] Stage Stage);
        [DualDatabase] public sealed partial class Db;

        """;

    private const string Card = "[SyncColumn(nameof(Card.Stage), Sql = \"0\")] ";

    [Fact]
    public Task Maps_have_names_and_tables_of_their_own() => Verify.ReportsAsync(
        Model + """
        [SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay)] public sealed class A;
        [Supabase, {|DDB452:SyncMap<Twin2, Order>(Direction = SyncDirection.TwoWay, Name = "b")|}]
        public sealed partial record Twin2([Key] long Id, [Column(Type = "varchar(20)")] string Name, int Count, string? Note, [StoredAsText] Stage Stage);
        [{|DDB451:SyncMap<Order, Card>|}] [SyncColumn("Stage", Sql = "0")] public sealed class C;
        """,
        "'Twin2' cannot go both ways: 'public.orders' does so in 'A' already, and two maps would each take the other's changes for somebody's. Make one map of both, or let one go one way.",
        "'C' cannot be told from 'A': both are kept under the name 'orders'. Set Name on one of them.");

    [Fact]
    public Task What_has_no_equality_is_copied_and_not_compared() => Verify.ReportsAsync(
        Model + """
        [Neon, {|DDB453:{|DDB453:{|DDB453:Sync|}|}|}] public sealed partial class A
        {
            [Key] public int Id { get; set; }
            [Column(Type = "json")] public string? J { get; set; }
            [Column(Type = "xml")] public string? X { get; set; }
            [Column(Type = "point")] public string? P { get; set; }
            [Column(Type = "jsonb")] public string? B { get; set; }
            [Column(Type = "citext")] public string? C { get; set; }
        }
        """,
        "'A' cannot be proved equal on both sides: the column 'j' is json, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that its texts are compared.",
        "'A' cannot be proved equal on both sides: the column 'p' is point, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that its texts are compared.",
        "'A' cannot be proved equal on both sides: the column 'x' is xml, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that its texts are compared.");

    [Fact]
    public Task Only_the_map_writes_what_it_copies_to() => Verify.ReportsAsync(
        Model + "[SyncMap<Order, Card>] " + Card + """
        public sealed class Cards;
        public sealed class Shop(Db db, ICardRepository cards)
        {
            public async Task RunAsync(Card card, CancellationToken token)
            {
                await db.Cards.{|DDB454:InsertAsync|}(card, token);
                await cards.{|DDB454:DeleteAsync|}(card.Id, token);
                await db.Cards.Where(c => c.Id == 1).{|DDB454:DeleteAsync|}(token);
                _ = await db.Cards.FindAsync(1, token);
            }
        }
        """,
        [.. Enumerable.Repeat("A write to 'Card' is lost sooner or later: 'Cards' copies 'Order' to it, one way, and does not look at what is there. Write the 'Order', or let the map go both ways.", 3)]);

    [Fact]
    public Task Keys_that_both_sides_draw_meet() => Verify.ReportsAsync(
        """
        using DualDb.Consistency.Sync;
        [Neon] public sealed partial record A([Key(Generated = true)] long Id);
        [Supabase] public sealed partial record B([Key(Generated = true)] long Id);
        [Supabase] public sealed partial record C([Key] long Id);
        [{|DDB457:SyncMap<A, B>(Direction = SyncDirection.TwoWay, Name = "ab")|}] public sealed class Both;
        [SyncMap<A, B>] public sealed class OneWay;
        [Neon] public sealed partial record D([Key(Generated = true)] long Id);
        [SyncMap<D, C>(Direction = SyncDirection.TwoWay)] public sealed class OneDraws;
        [Neon] public sealed partial record E([Key(Generated = true)] Guid Id);
        [Supabase] public sealed partial record F([Key(Generated = true)] Guid Id);
        [SyncMap<E, F>(Direction = SyncDirection.TwoWay)] public sealed class Guids;
        """,
        "'Both' takes different rows for one: 'A.Id' and 'B.Id' are each drawn from a sequence, and both begin with 1. Make the keys Guid, or let one side alone insert rows and leave Generated out on the other.");

    [Fact]
    public Task A_method_writes_within_one_domain() => Verify.ReportsAsync(
        """
        [Neon, Domain("orders")] public sealed partial record Order([Key] long Id);
        [Neon, Domain("orders")] public sealed partial record Line([Key] long Id);
        [Neon, Domain("stock")] public sealed partial record Item([Key] long Id);
        [Neon] public sealed partial record Log([Key] long Id);
        [DualDatabase] public sealed partial class Db;
        public sealed class Shop(Db db)
        {
            public async Task Place(NeonTransaction tx)
            {
                await db.Orders.InsertAsync(new Order(1), tx);
                await db.Logs.InsertAsync(new Log(1), tx);
                await db.Lines.InsertAsync(new Line(1), tx);
                await db.Items.{|DDB455:DeleteAsync|}(1, tx);
                await db.Items.DeleteAsync(2, tx);
            }

            public Task Move(NeonTransaction tx) => db.Items.DeleteAsync(1, tx);
        }
        """,
        "'Place' joins two domains: it writes 'Order' of \"orders\" and 'Item' of \"stock\". Publish an event in the transaction of the first write and let a handler do the second (docs/guides/events.md).");

    [Fact]
    public Task A_root_has_the_name_free() => Verify.ReportsAsync(
        "using DualDb.Consistency.Sync; [Neon, Sync] public sealed partial record A([Key] int Id); [DualDatabase] public sealed partial class Db { public int {|DDB456:Sync|} => 1; }",
        "'Db' synchronises nothing: it declares 'Sync', and so would its generated part. Rename yours.");

    [Fact]
    public Task A_set_is_not_called_like_the_property() => Verify.ReportsAsync(
        "using DualDb.Consistency.Sync; [{|DDB053:Neon(Set = \"Sync\")|}, Sync] public sealed partial record A([Key] int Id); [DualDatabase] public sealed partial class Db;",
        "The root 'Db' can have no property 'Sync' for 'A': the name is taken by the synchronisation of the project. Rename that, or choose another set with Set = \"…\" in the annotation of 'A'.");
}
