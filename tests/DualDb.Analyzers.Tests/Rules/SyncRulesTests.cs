using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

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
    public Task A_map_with_everything_is_silent() => Verify.IsSilentAsync(Model + """
        [SyncMap<Order, Card>(Name = "größe \"1\" \\ 🛒", Filter = "count > 0", OnConflict = ConflictPolicy.SourcePriority)]
        [SyncColumn(nameof(Card.Name), Sql = "upper(name)")] [SyncColumn(nameof(Card.Stage), Sql = "0")]
        [SyncIgnore(nameof(Card.Note))]
        public static class Cards;

        internal static partial class @class
        {
            [SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom, Resolver = typeof(@new))] private sealed class Twins;
            internal sealed class @new : IConflictResolver<Order> { public SyncOutcome<Order> Resolve(SyncConflict<Order> conflict) => conflict.TakeTarget(); }
        }

        [Neon, Sync(To = Database.Supabase, Table = "größe", Schema = "geteilt", Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Delta)]
        public sealed partial record Stock([Key(Order = 1)] int Place, [Key(Order = 2)] string Sku, [Counter] decimal Units) { [Counter] public short Seen { get; set; } }
        [Supabase, Sync] public sealed partial class Profile { [Key] public Guid Id { get; set; } public string[] Tags { get; set; } = []; [Jsonb] public string Json { get; set; } = "{}"; }
        """);

    [Theory]
    [InlineData("[{|DDB440:Sync|}] public sealed class Plain;", "'Plain' cannot be synchronised: it is no entity. Mark it with [Neon] or [Supabase], or write [SyncMap<TSource, TTarget>].")]
    [InlineData("[{|DDB440:SyncMap<Order, string>|}] public sealed class M;", "'M' cannot be synchronised: 'String' is no entity. Mark it with [Neon] or [Supabase].")]
    [InlineData("[{|DDB440:SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay, OnConflict = (ConflictPolicy)99)|}] public sealed class M;", "'M' cannot be synchronised: OnConflict is no member of ConflictPolicy. Name one.")]
    [InlineData("[Neon, {|DDB441:Sync(To = Database.Neon)|}] public sealed partial record A([Key] int Id);", "'A' has nothing to synchronise: it is in Neon already. Write To = Database.Supabase, or leave To out.")]
    [InlineData("[{|DDB441:SyncMap<Twin, Card>|}] public sealed class M;", "'M' has nothing to synchronise: 'Twin' and 'Card' are both in Supabase. Name entities of different databases.")]
    [InlineData("[{|DDB450:SyncMap<Order, Twin>(Name = \" \")|}] public sealed class M;", "'M' cannot be kept under the name ' ': it is empty. Write 1 to 200 characters, such as \"order-summaries\".")]
    [InlineData("[{|DDB450:SyncMap<Order, Twin>(Name = \"a\\nb\")|}] public sealed class M;", "'M' cannot be kept under the name 'a\\nb': it contains a control character. Write 1 to 200 characters, such as \"order-summaries\".")]
    [InlineData("[Neon, {|DDB008:Sync(Table = \"\")|}] public sealed partial record A([Key] int Id);", "The table of 'A' cannot be named '': it is empty. Give it another name in its annotation.")]
    public Task A_map_leads_from_an_entity_to_one_of_the_other_database(string source, string message) => Verify.ReportsAsync(Model + source, message);

    [Theory]
    [InlineData("[Key] int Id", "'Order.Id' is bigint, 'T.Id' integer")]
    [InlineData("[Key] long Count", "'T.Count' is filled from 'Order.Count', which is no part of the key")]
    [InlineData("[Key] long Other", "nothing fills 'T.Other'")]
    [InlineData("[Key(Order = 1)] long Id, [Key(Order = 2)] string Name", "'T.Name' is filled from 'Order.Name', which is no part of the key")]
    public Task A_map_copies_the_key(string members, string why)
    {
        // A key that is narrower than the other one is a type that does not fit as well.
        var narrow = members == "[Key] int Id";
        var source = Model + $"[Supabase] public sealed partial record T({members}); [{(narrow ? "{|DDB443:" : "{|DDB442:")}SyncMap<Order, T>|}}] public sealed class M;";
        return Verify.ReportsAsync(
            source,
            narrow
                ? "'M' cannot copy 'Order.Id' to 'T.Id': the one is bigint, the other integer. Give both the same type, or convert it with [SyncColumn(…, Sql = …)]."
                : $"'M' cannot find a row on the other side: {why}. Fill the key of 'T' from that of 'Order'.");
    }

    [Fact]
    public Task A_key_of_more_parts_or_of_a_wider_type_is_another() => Verify.ReportsAsync(
        Model + """
        [Neon] public sealed partial record Part([Key(Order = 1)] int Place, [Key(Order = 2)] int Shelf);
        [Supabase] public sealed partial record Place([property: Key] long Id);
        [Supabase] public sealed partial record Shelf([Key] int Place);
        [{|DDB442:SyncMap<Part, Shelf>|}] public sealed class A;
        [{|DDB442:SyncMap<Part, Place>|}] [SyncColumn("Id", From = "Place")] public sealed class B;
        [{|DDB442:SyncMap<Order, Twin>|}] [SyncColumn("Id", Sql = "id + 1")] public sealed class C;
        """,
        "'A' cannot find a row on the other side: 'Part.Shelf' is not exactly one part of the key of 'Shelf'. Give both entities keys of the same parts.",
        "'B' cannot find a row on the other side: 'Part.Place' is integer, 'Place.Id' bigint. Fill the key of 'Place' from that of 'Part'.",
        "'C' cannot find a row on the other side: 'Twin.Id' is computed. Fill the key of 'Twin' from that of 'Order'.");

    [Theory]
    [InlineData("Name = \"\"", "string Name", "character varying(19)", "varchar(20)", "character varying(19)")]
    [InlineData("Count", "int Count", "smallint", "integer", "smallint")]
    [InlineData("Note", "string? Note", "jsonb", "text", "jsonb")]
    public Task A_column_is_copied_to_one_that_holds_its_values(string what, string member, string type, string from, string to)
    {
        var name = what.Split(' ')[0];
        return Verify.ReportsAsync(
            Model + $"[Supabase] public sealed partial record T([Key] long Id, [Column(Type = \"{type}\")] {member}); [{{|DDB443:SyncMap<Order, T>|}}] public sealed class M;",
            $"'M' cannot copy 'Order.{name}' to 'T.{name}': the one is {from}, the other {to}. Give both the same type, or convert it with [SyncColumn(…, Sql = …)].");
    }

    [Fact]
    public Task Null_fits_where_null_may_be() => Verify.ReportsAsync(
        Model + """
        [Supabase] public sealed partial record T([Key] long Id, string Note);
        [Neon] public sealed partial record U([Key] long Id, string Note);
        [Supabase] public sealed partial record V([Key] long Id, string? Note);
        [{|DDB443:SyncMap<Order, T>|}] public sealed class A;
        [{|DDB443:SyncMap<U, V>(Direction = SyncDirection.TwoWay)|}] public sealed class B;
        [SyncMap<U, V>] public sealed class C;
        """,
        "'A' cannot copy 'Order.Note' to 'T.Note': the one may be null, the other not. Let both be null or neither, or convert it with [SyncColumn(…, Sql = …)].",
        "'B' cannot copy 'V.Note' to 'U.Note': the one may be null, the other not. Let both be null or neither.");

    [Theory]
    [InlineData("string More", "", "'Order' has no property of that name. Fill it with [SyncColumn], or let it be null and leave it alone with [SyncIgnore].")]
    [InlineData("string? More", "", "'Order' has no property of that name. Fill it with [SyncColumn], or leave it alone with [SyncIgnore].")]
    public Task A_column_that_nothing_fills_is_left_alone_on_purpose(string member, string attribute, string why)
        => Verify.ReportsAsync(
            Model + $"[Supabase] public sealed partial record T([Key] long Id, {member}); [{{|DDB444:SyncMap<Order, T>|}}] {attribute} public sealed class M;",
            $"'M' leaves 'T.More' empty: {why}");

    [Fact]
    public Task A_column_that_takes_no_null_is_not_left_alone() => Verify.ReportsAsync(
        Model + """
        [Supabase] public sealed partial record T([Key] long Id, string More);
        [Supabase] public sealed partial record U([Key] long Id, string Name);
        [SyncMap<Order, T>] [{|DDB444:SyncIgnore("More")|}] public sealed class A;
        [{|DDB444:{|DDB444:SyncMap<Order, U>(Direction = SyncDirection.TwoWay)|}|}] public sealed class B;
        [Neon] public sealed partial record W([Key] long Id, string Name);
        """.Replace("U([Key] long Id, string Name)", "U([Key] long Id, [Column(Type = \"varchar(20)\")] string Name)", StringComparison.Ordinal),
        "'A' leaves 'T.More' empty: it takes no null, so that no row could be inserted without it. Fill it with [SyncColumn], or let it be null.",
        "'B' leaves 'Order.Count' empty: rows that begin in the target bring nothing for it, and it takes no null. Copy it as well, or let it be null.",
        "'B' leaves 'Order.Stage' empty: rows that begin in the target bring nothing for it, and it takes no null. Copy it as well, or let it be null.");

    [Theory]
    [InlineData("(Direction = SyncDirection.TwoWay, Filter = \"count > 1\")", "", "it has a filter, which rows of the target need not fulfil", "remove the filter")]
    [InlineData("(Direction = SyncDirection.TwoWay)", "[SyncColumn(\"Note\", Sql = \"lower(note)\")]", "'Note' is computed, and nothing computes back", "copy it")]
    public Task A_map_of_both_directions_can_be_read_backwards(string options, string column, string why, string next)
        => Verify.ReportsAsync(
            Model + $"[{{|DDB445:SyncMap<Order, Twin>{options}|}}] {column} public sealed class M;",
            $"'M' cannot go both ways: {why}. Write SyncDirection.OneWay, or {next}.");

    [Fact]
    public Task Nothing_is_copied_twice_and_back() => Verify.ReportsAsync(
        "using DualDb.Consistency.Sync; [Neon] public sealed partial record A([Key] int Id, string? N); [Supabase] public sealed partial record B([Key] int Id, string? N, string? M); [{|DDB445:SyncMap<A, B>(Direction = SyncDirection.TwoWay)|}] [SyncColumn(\"M\", From = \"N\")] public sealed class AB;",
        "'AB' cannot go both ways: 'A.N' is copied twice, and the two copies may differ. Write SyncDirection.OneWay, or copy it once.");

    [Fact]
    public Task One_direction_has_nothing_to_decide() => Verify.ReportsAsync(
        Model + """
        [{|DDB446:SyncMap<Order, Twin>(OnConflict = ConflictPolicy.LastWriterWins)|}] public sealed class M;
        [Neon, {|DDB446:Sync(OnConflict = ConflictPolicy.Manual)|}] public sealed partial record A([Key] int Id);
        """,
        "OnConflict on 'M' has no effect: changes go one way, so that LastWriterWins has nothing to decide. Remove it, or write SyncDirection.TwoWay.",
        "OnConflict on 'A' has no effect: changes go one way, so that Manual has nothing to decide. Remove it, or write SyncDirection.TwoWay.");

    [Theory]
    [InlineData("", "OnConflict is Custom, and no resolver is named. Name an IConflictResolver<Order> with Resolver = typeof(…).")]
    [InlineData(", Resolver = typeof(string)", "'String' is no IConflictResolver<Order>. Implement IConflictResolver<Order>.")]
    [InlineData(", Resolver = typeof(OfTwin)", "'OfTwin' is no IConflictResolver<Order>. Implement IConflictResolver<Order>.")]
    [InlineData(", Resolver = typeof(IConflictResolver<Order>)", "'IConflictResolver' is no IConflictResolver<Order>. Implement IConflictResolver<Order>.")]
    [InlineData(", Resolver = typeof(Base)", "'Base' is abstract. Name a class that can be made.")]
    [InlineData(", Resolver = typeof(Generic<>)", "'Generic' is generic, and its types are not named. Name them, or derive a class that does.")]
    [InlineData(", Resolver = typeof(Needs)", "'Needs' has no constructor without parameters that can be called. Add one.")]
    [InlineData(", Resolver = typeof(Hidden)", "'Hidden' cannot be named by generated code elsewhere in the project. Make 'Hidden' internal or public.")]
    public Task A_custom_policy_has_a_resolver(string resolver, string message) => Verify.ReportsAsync(
        Model + $"[{{|DDB447:SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom{resolver})|}}] public sealed class M;\n" + """
        public abstract class Base : IConflictResolver<Order> { public SyncOutcome<Order> Resolve(SyncConflict<Order> conflict) => conflict.LeaveOpen(); }
        public class Generic<T> : Base;
        public sealed class Needs(int number) : Base { public int Number => number; }
        file sealed class Hidden : Base;
        public sealed class OfTwin : IConflictResolver<Twin> { public SyncOutcome<Twin> Resolve(SyncConflict<Twin> conflict) => conflict.LeaveOpen(); }
        """,
        "'M' cannot decide conflicts: " + message);

    [Fact]
    public Task A_resolver_decides_with_the_custom_policy_over_whole_rows() => Verify.ReportsAsync(
        Model + """
        public sealed class Keep : IConflictResolver<Order>, IConflictResolver<W> { public SyncOutcome<Order> Resolve(SyncConflict<Order> c) => c.KeepSource(); public SyncOutcome<W> Resolve(SyncConflict<W> c) => c.KeepSource(); }
        [{|DDB447:SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay, Resolver = typeof(Keep))|}] public sealed class A;
        [Neon] public sealed partial record W([Key] long Id, string? Note, string? Secret);
        [Supabase] public sealed partial record V([Key] long Id, string? Note);
        [{|DDB447:SyncMap<W, V>(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Custom, Resolver = typeof(Keep))|}] public sealed class B;
        """,
        "'A' cannot decide conflicts: it names the resolver 'Keep', and OnConflict is SourcePriority. Write OnConflict = ConflictPolicy.Custom, or remove the resolver.",
        "'B' cannot decide conflicts: its resolver is given whole rows, and 'W.Secret' is not copied. Copy every column, or choose another policy.");

    [Theory]
    [InlineData("int Units", "no property of 'Stock' is marked. Put [Counter] on those that count, or write ConflictPolicy.ColumnMerge")]
    [InlineData("[Counter] double Units", "'Stock.Units' is double precision. Count with smallint, integer, bigint or numeric, or remove [Counter]")]
    [InlineData("[Counter] string Units", "'Stock.Units' is text. Count with smallint, integer, bigint or numeric, or remove [Counter]")]
    [InlineData("[Counter] Stage Units", "'Stock.Units' is integer. Count with smallint, integer, bigint or numeric, or remove [Counter]")]
    [InlineData("[Counter] int[] Units", "'Stock.Units' is integer[]. Count with smallint, integer, bigint or numeric, or remove [Counter]")]
    public Task Delta_adds_up_counters(string member, string message) => Verify.ReportsAsync(
        Model + $"[Neon, {{|DDB448:Sync(Direction = SyncDirection.TwoWay, OnConflict = ConflictPolicy.Delta)|}}] public sealed partial record Stock([Key] int Id, {member});",
        $"'Stock' cannot add up changes: {message}.");

    [Theory]
    [InlineData("[{|DDB449:SyncColumn(\"Nothing\", From = \"Note\")|}]", "'Twin' has no mapped property 'Nothing'. Name one that it has.")]
    [InlineData("[{|DDB449:SyncIgnore(\"Nothing\")|}]", "'Twin' has no mapped property 'Nothing'. Name one that it has.")]
    [InlineData("[{|DDB449:SyncColumn(\"Note\", From = \"Nothing\")|}]", "'Order' has no mapped property 'Nothing'. Name one that it has.")]
    [InlineData("[SyncColumn(\"Note\", From = \"Note\")] [{|DDB449:SyncIgnore(\"Note\")|}]", "it says twice what 'Twin.Note' is filled with. Remove one of the two.")]
    [InlineData("[{|DDB449:SyncColumn(\"Note\")|}]", "'Twin.Note' is filled with nothing. Write either From or Sql.")]
    [InlineData("[{|DDB449:SyncColumn(\"Note\", Sql = \" \")|}]", "'Twin.Note' is filled with nothing. Write either From or Sql.")]
    [InlineData("[{|DDB449:SyncColumn(\"Note\", From = \"Note\", Sql = \"note\")|}]", "'Twin.Note' is filled from a property and from an expression. Write either From or Sql.")]
    public Task A_column_is_named_once_and_exists(string columns, string message)
        => Verify.ReportsAsync(Model + $"[SyncMap<Order, Twin>] {columns} public sealed class M;", "'M' cannot be read: " + message);

    [Fact]
    public Task Maps_have_names_and_tables_of_their_own() => Verify.ReportsAsync(
        Model + """
        [SyncMap<Order, Twin>(Direction = SyncDirection.TwoWay)] public sealed class A;
        [Supabase, Sync(Direction = SyncDirection.TwoWay, Table = "orders", Name = "orders2"), {|DDB452:SyncMap<Twin2, Order>(Direction = SyncDirection.TwoWay, Name = "b")|}]
        public sealed partial record Twin2([Key] long Id, [Column(Type = "varchar(20)")] string Name, int Count, string? Note, [StoredAsText] Stage Stage);
        [{|DDB451:SyncMap<Order, Card>|}] [SyncColumn("Stage", Sql = "0")] public sealed class C;
        """.Replace("Sync(Direction = SyncDirection.TwoWay, Table = \"orders\", Name = \"orders2\"), ", "", StringComparison.Ordinal),
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
        "'A' cannot be proved equal on both sides: the column 'j' is json, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that it is copied and not compared.",
        "'A' cannot be proved equal on both sides: the column 'p' is point, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that it is copied and not compared.",
        "'A' cannot be proved equal on both sides: the column 'x' is xml, for which PostgreSQL has no equality. Use a type that has one, jsonb for json, or accept that it is copied and not compared.");

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
                await db.Orders.DeleteAsync(card.Id, token);
                _ = await db.Cards.FindAsync(1, token);
            }
        }
        """.Replace("await db.Orders.DeleteAsync(card.Id, token);", "", StringComparison.Ordinal),
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
