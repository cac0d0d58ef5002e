using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class ViewRulesTests
{
    private const string Entities = """
        [Supabase] public sealed partial record Profile([Key] Guid Id, string City);
        [Supabase] public sealed partial record Badge([Key, References<Profile>] Guid ProfileId, string Name);
        [Neon] public sealed partial record Order([Key] long Id, [References<Profile>] Guid BuyerId, [References<Profile>] Guid? SellerId, int[] Marks);
        [Neon] public sealed partial record Invoice([Key] long Id, [References<Order>, Unique] long OrderId);
        [Neon] public sealed partial record Ware([Key] int Id);

        """;

    [Fact]
    public Task A_view_without_a_root_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record {|DDB110:Nothing|};
        [UnifiedView] public sealed partial record {|DDB110:Loose|}(Profile? User, Order[] Orders);
        """,
        "No reader can be generated for 'Nothing': none of its members is an entity or a view that is neither nullable nor a list, so that no key finds it. Declare such a member.",
        "No reader can be generated for 'Loose': none of its members is an entity or a view that is neither nullable nor a list, so that no key finds it. Declare such a member.");

    [Fact]
    public Task Members_that_need_a_value_and_are_not_read_are_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, string {|DDB111:Title|})
        {
            public required int {|DDB111:Number|} { get; init; }
            public required IReadOnlyList<Order?> {|DDB111:Orders|} { get; init; }
        }
        """,
        "No 'Basket' can be made: 'Basket.Title' needs a value, and its type 'string' is neither an entity, a view nor a list of them. Compute it from other members, or make it optional.",
        "No 'Basket' can be made: 'Basket.Number' needs a value, and its type 'int' is neither an entity, a view nor a list of them. Compute it from other members, or make it optional.",
        "No 'Basket' can be made: 'Basket.Orders' needs a value, and its type 'IReadOnlyList<Order?>' is neither an entity, a view nor a list of them. Compute it from other members, or make it optional.");

    [Fact]
    public Task A_member_without_a_path_is_refused() => Verify.ReportsAsync(
        Entities + "[UnifiedView] public sealed partial record Basket(Profile User, Badge? Badge, IReadOnlyList<Ware> {|DDB112:Wares|});",
        "'Basket.Wares' cannot be read: no reference leads between 'Ware' and the entities of the other members (Profile, Badge). Mark the property that holds the key with [References<T>], or add the entity in between as a member.");

    [Fact]
    public Task A_member_with_several_paths_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, IReadOnlyList<Order> {|DDB113:Orders|});
        [UnifiedView] public sealed partial record Sale(Order Order, [Via(nameof(Order.BuyerId))] Profile Buyer, [Via(nameof(Order.SellerId))] Profile? Seller, Badge? {|DDB113:Badge|});
        """,
        "'Basket.Orders' cannot be read: several references lead to it, Order.BuyerId (from User), Order.SellerId (from User). Name one with [Via(nameof(…))], and the member it starts from with From = nameof(…) where that differs.",
        "'Sale.Badge' cannot be read: several references lead to it, Badge.ProfileId (from Buyer), Badge.ProfileId (from Seller). Name one with [Via(nameof(…))], and the member it starts from with From = nameof(…) where that differs.");

    [Fact]
    public Task A_path_that_leads_to_other_numbers_of_rows_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, [{|DDB114:Via(nameof(Order.BuyerId))|}] Order? Order, Badge[] {|DDB114:Badges|});
        """,
        "'Basket.Order' cannot be read: Order.BuyerId (from User) leads to any number of rows. Declare it as 'IReadOnlyList<Order>', or mark the reference [Unique].",
        "'Basket.Badges' cannot be read: Badge.ProfileId (from User) leads to one row at most. Declare it as 'Badge?'.");

    [Fact]
    public Task A_via_that_names_no_reference_is_refused() => Verify.ReportsAsync(
        Entities + """[UnifiedView] public sealed partial record Basket(Profile User, [{|DDB115:Via("Owner")|}] IReadOnlyList<Order> Orders);""",
        "'Basket.Orders' cannot be read: no reference called 'Owner' leads to it as [Via] says, only Order.BuyerId (from User), Order.SellerId (from User). Name one of these.");

    [Fact]
    public Task A_view_within_itself_is_refused_wherever_it_is() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Direct(Order Order, IReadOnlyList<Direct> {|DDB116:Again|});
        [UnifiedView] public sealed partial record There(Back {|DDB116:Back|}, Invoice? Invoice);
        [UnifiedView] public sealed partial record Back(There {|DDB116:There|}, Invoice? Invoice);
        """,
        "'Direct.Again' cannot be read: 'Direct' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.",
        "'There.Back' cannot be read: 'There' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.",
        "'Back.There' cannot be read: 'Back' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.");

    [Fact]
    public Task A_view_within_itself_behind_a_root_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Ring(Order Order, Chain? {|DDB116:Chain|});
        [UnifiedView] public sealed partial record Chain(Invoice Invoice, Ring? {|DDB116:Ring|});
        """,
        "'Ring.Chain' cannot be read: 'Ring' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.",
        "'Chain.Ring' cannot be read: 'Chain' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.");

    [Fact]
    public Task Annotations_that_do_not_suit_their_member_are_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView]
        public sealed partial record Basket([{|DDB117:Take(1)|}] Profile User)
        {
            [Via(nameof(Order.BuyerId)), {|DDB117:Take(0)|}] public Order[] Orders { get; init; } = [];
            [{|DDB117:OrderBy("Name")|}, {|DDB117:OnFailure(FailedMember.Null)|}, {|DDB117:OnMissing(MissingRow.Null)|}] public required Badge Badge { get; init; }
            [Via(nameof(Order.SellerId)), {|DDB117:OnMissing(MissingRow.Skip)|}] public List<Order> Sales { get; init; } = [];
        }
        """,
        "[Take] cannot apply to 'Basket.User': it is the root, whose key finds the view. Remove the annotation.",
        "[Take] cannot apply to 'Basket.Orders': it would take 0 rows. Take 1 or more.",
        "[OrderBy] cannot apply to 'Basket.Badge': it is no list. Remove the annotation, or declare a list.",
        "[OnFailure] cannot apply to 'Basket.Badge': it accepts no null. Declare it nullable, or let the call fail.",
        "[OnMissing] cannot apply to 'Basket.Badge': it accepts no null. Declare it nullable, or skip the view.",
        "[OnMissing] cannot apply to 'Basket.Sales': a list is never missing, only empty. Remove the annotation.");

    [Fact]
    public Task An_order_or_a_limit_of_rows_that_others_refer_to_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, [Via(nameof(Order.BuyerId), From = "User")] IReadOnlyList<Order> Orders, [Via(nameof(Order.SellerId), From = "Orders"), {|DDB117:Take(2)|}, {|DDB117:OrderBy(nameof(Profile.City))|}] IReadOnlyList<Profile> Sellers);
        """,
        "[Take] cannot apply to 'Basket.Sellers': its rows are found by their keys, through Order.SellerId (from Orders), and come in the order of the rows that lead to them. Remove the annotation, and compute the list you need from this one.",
        "[OrderBy] cannot apply to 'Basket.Sellers': its rows are found by their keys, through Order.SellerId (from Orders), and come in the order of the rows that lead to them. Remove the annotation, and compute the list you need from this one.");

    [Fact]
    public Task What_is_found_through_a_member_that_may_fail_accepts_null() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Bill(Invoice Invoice, [{|DDB117:OnFailure(FailedMember.Null)|}] Order? Order, [Via(nameof(Order.BuyerId))] Profile Buyer);
        [UnifiedView] public sealed partial record Farther(Invoice Invoice, [{|DDB117:OnFailure(FailedMember.Null)|}] Order? Order, [Via(nameof(Order.BuyerId))] Profile? Buyer, [OnMissing(MissingRow.Skip)] Badge Badge);
        [UnifiedView] public sealed partial record Fine(Invoice Invoice, [OnFailure(FailedMember.Null)] Order? Order, [Via(nameof(Order.BuyerId)), OnMissing(MissingRow.Throw)] Profile? Buyer);
        """,
        "[OnFailure] cannot apply to 'Bill.Order': 'Buyer' is found through it and accepts no null. Declare 'Buyer' nullable, or let the call fail.",
        "[OnFailure] cannot apply to 'Farther.Order': 'Badge' is found through it and accepts no null. Declare 'Badge' nullable, or let the call fail.");

    [Fact]
    public Task An_order_by_what_is_no_column_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, [Via("BuyerId"), {|DDB118:OrderBy("City")|}, {|DDB118:OrderBy(nameof(Order.Marks))|}] Order[] Orders);
        """,
        "'Basket.Orders' cannot be ordered by 'City': 'Order' has no such column, or it holds many values. Name a mapped property of 'Order'.",
        "'Basket.Orders' cannot be ordered by 'Marks': 'Order' has no such column, or it holds many values. Name a mapped property of 'Order'.");

    [Fact]
    public Task A_view_that_cannot_be_made_is_refused() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record {|DDB119:Hidden|} { private Hidden() { } public Profile User { get; init; } = null!; }
        [UnifiedView] public sealed partial record {|DDB119:Closed|}(Profile User) { private Closed() : this((Profile)null!) { } public Badge? Badge { get; private set; } }
        """,
        "No 'Hidden' can be made: no accessible constructor takes only its members, each parameter named and typed like one, and leaves the others to be set. Declare a positional record, or members with an init accessor.",
        "No 'Closed' can be made: no accessible constructor takes only its members, each parameter named and typed like one, and leaves the others to be set. Declare a positional record, or members with an init accessor.");

    [Fact]
    public Task Names_of_the_generated_part_are_reserved_where_there_is_one() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Basket(Profile User, [OnFailure(FailedMember.Null)] Badge? Badge) { public bool {|DDB120:Failures|} => false; }
        [UnifiedView] public sealed partial record Other(Profile User) { public bool IsPartial => false; }
        """,
        "Nothing can be generated for 'Basket': it declares 'Failures', and so would its generated part, which tells of failures. Rename yours, or remove [OnFailure(FailedMember.Null)].");

    [Fact]
    public Task A_view_is_nothing_else() => Verify.ReportsAsync(
        Entities + """
        [Neon, UnifiedView] public sealed partial record {|DDB121:Both|}([Key] long Id);
        [DualDatabase, UnifiedView] public partial class {|DDB121:Root|} { public Profile User { get; init; } = null!; }
        """,
        "No reader can be generated for 'Both': it is an entity as well. Keep one of the two annotations, and declare a second type for the other.",
        "No reader can be generated for 'Root': it is a root as well. Keep one of the two annotations, and declare a second type for the other.");

    [Fact]
    public Task The_rules_of_declarations_hold_for_views_too() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed record {|DDB003:Whole|}(Profile User);
        [UnifiedView(Set = "1st")] public sealed partial record {|DDB008:First|}(Profile User);
        """.Replace("UnifiedView(Set = \"1st\")", "{|DDB008:UnifiedView(Set = \"1st\")|}", StringComparison.Ordinal).Replace("{|DDB008:First|}", "First", StringComparison.Ordinal),
        "Nothing can be generated for 'Whole': 'Whole' is not partial, so nothing can be added to it. Add the partial modifier to 'Whole'.",
        "The set of 'First' cannot be named '1st': it is no C# identifier. Give it another name in its annotation.");

    [Fact]
    public Task A_fault_of_an_entity_is_reported_there_and_not_at_its_views() => Verify.ReportsAsync(
        """
        [Supabase] public sealed partial record {|DDB001:Profile|}(Guid Id);
        [UnifiedView] public sealed partial record Alone(Profile User);
        """,
        "No repository can be generated for 'Profile': it has no key. Mark the identifying property with [Key].");

    [Fact]
    public Task Every_kind_of_view_is_fine() => Verify.IsSilentAsync(
        Entities + """
        [UnifiedView]
        public sealed partial record Basket(Profile User, Badge? Badge, [Via(nameof(Order.BuyerId)), Take(3), OrderBy(nameof(Order.Id), Descending = true)] IReadOnlyList<Sale> Sales)
        {
            public int Count => Sales.Count;
            public Order? First => Sales.Count == 0 ? null : Sales[0].Order;
            public string? Remark { get; set; }
        }

        [UnifiedView(Set = "AllSales")]
        public sealed partial class Sale
        {
            public required Order Order { get; init; }
            [Via(nameof(Order.SellerId)), OnMissing(MissingRow.Skip)] public Profile? Seller { get; init; }
            [OnFailure(FailedMember.Null)] public Invoice? Invoice { get; init; }
        }
        """);
}
