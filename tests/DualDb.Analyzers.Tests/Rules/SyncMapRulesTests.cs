using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

/// <summary>What is wrong with one map alone.</summary>
public sealed class SyncMapRulesTests
{
    private const string Model = """
        using DualDb.Consistency.Sync;
        public enum Stage { New, Old }
        [Neon] public sealed partial record Order([Key(Generated = true)] long Id, [Column(Type = "varchar(20)")] string Name, int Count, string? Note, [StoredAsText] Stage Stage);
        [Supabase] public sealed partial record Card([Key] long Id, string Name, long Count, string? Note, Stage Stage) { [UpdatedAt] public DateTimeOffset At { get; set; } }
        [Supabase] public sealed partial record Twin([Key] long Id, [Column(Type = "character varying(20)")] string Name, [Column(Type = "int4")] int Count, string? Note, [StoredAsText] Stage Stage);
        [DualDatabase] public sealed partial class Db;

        """;

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
    [InlineData("[Key] long Count", "'T.Count' is filled from 'Order.Count', which is no part of the key")]
    [InlineData("[Key] long Other", "nothing fills 'T.Other'")]
    [InlineData("[Key(Order = 1)] long Id, [Key(Order = 2)] string Name", "'T.Name' is filled from 'Order.Name', which is no part of the key")]
    public Task A_map_copies_the_key(string members, string why) => Verify.ReportsAsync(
        Model + $"[Supabase] public sealed partial record T({members}); [{{|DDB442:SyncMap<Order, T>|}}] public sealed class M;",
        $"'M' cannot find a row on the other side: {why}. Fill the key of 'T' from that of 'Order'.");

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
    [InlineData("long", "Id", "integer", "bigint")]
    [InlineData("string", "Name", "character varying(19)", "varchar(20)")]
    [InlineData("int", "Count", "smallint", "integer")]
    [InlineData("string?", "Note", "jsonb", "text")]
    public Task A_column_is_copied_to_one_that_holds_its_values(string member, string name, string type, string source)
    {
        var column = $"[Column(Type = \"{type}\")] {member} {name}";
        return Verify.ReportsAsync(
            Model + $"[Supabase] public sealed partial record T({(name == "Id" ? "[Key] " + column : "[Key] long Id, " + column)}); [{{|DDB443:SyncMap<Order, T>|}}] public sealed class M;",
            $"'M' cannot copy 'Order.{name}' to 'T.{name}': the one is {source}, the other {type}. Give both the same type, or convert it with [SyncColumn(…, Sql = …)].");
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
    [InlineData("string More", "'Order' has no property of that name. Fill it with [SyncColumn], or let it be null and leave it alone with [SyncIgnore].")]
    [InlineData("string? More", "'Order' has no property of that name. Fill it with [SyncColumn], or leave it alone with [SyncIgnore].")]
    public Task A_column_that_nothing_fills_is_left_alone_on_purpose(string member, string why)
        => Verify.ReportsAsync(
            Model + $"[Supabase] public sealed partial record T([Key] long Id, {member}); [{{|DDB444:SyncMap<Order, T>|}}] public sealed class M;",
            $"'M' leaves 'T.More' empty: {why}");

    [Fact]
    public Task A_column_that_takes_no_null_is_not_left_alone() => Verify.ReportsAsync(
        Model + """
        [Supabase] public sealed partial record T([Key] long Id, string More);
        [Supabase] public sealed partial record U([Key] long Id, [Column(Type = "varchar(20)")] string Name);
        [SyncMap<Order, T>] [{|DDB444:SyncIgnore("More")|}] public sealed class A;
        [{|DDB444:{|DDB444:SyncMap<Order, U>(Direction = SyncDirection.TwoWay)|}|}] public sealed class B;
        """,
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
}
