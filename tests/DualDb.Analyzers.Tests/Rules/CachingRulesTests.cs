using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class CachingRulesTests
{
    private const string Entities = """
        [Supabase] public sealed partial record Profile([Key] Guid Id, string City);
        [Neon] public sealed partial record Order([Key] long Id, [References<Profile>] Guid BuyerId);
        [Neon] public sealed partial class Invoice { [Key] public long Id { get; init; } [References<Order>, Unique] public long OrderId { get; init; } public string Note { get; set; } = ""; }
        [Neon] public sealed partial record Country([Key, Column(Type = "citext")] string Code);

        """;

    [Theory]
    [InlineData("0", "the duration is 0 minutes, which is zero. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("-1.5", "the duration is -1.5 minutes, which is negative. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("double.NaN", "the duration is NaN minutes, which is no time. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("double.PositiveInfinity", "the duration is Infinity minutes, which is beyond ten years. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("double.NegativeInfinity", "the duration is -Infinity minutes, which is beyond ten years. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("1e300", "the duration is 1E+300 minutes, which is beyond ten years. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("1e-12", "the duration is 1E-12 minutes, which is zero. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("\"00:00:00\"", "the duration is \"00:00:00\", which is zero. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("\"-00:05:00\"", "the duration is \"-00:05:00\", which is negative. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("\"5\"", "the duration is \"5\", which is no time. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("\"\"", "the duration is \"\", which is no time. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("\"00:70:00\"", "the duration is \"00:70:00\", which is no time. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("(string)null!", "the duration is null, which is no time. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("5, Jitter = \"-00:00:01\"", "Jitter is \"-00:00:01\", which is negative. Write a time of zero or more, such as \"00:00:10\".")]
    [InlineData("5, FailSafe = \"an hour\"", "FailSafe is \"an hour\", which is no time. Write a time of zero or more, such as \"00:00:10\".")]
    [InlineData("5, Negative = \"00:00:00\"", "Negative is \"00:00:00\", which is zero. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("5, FailSafeThrottle = \"00:00\"", "FailSafeThrottle is \"00:00\", which is zero. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("5, SoftTimeout = \"-00:00:01\"", "SoftTimeout is \"-00:00:01\", which is negative. Write a time above zero, such as \"00:05:00\".")]
    [InlineData("5, HardTimeout = \"2s\"", "HardTimeout is \"2s\", which is no time. Write a time above zero, such as \"00:05:00\".")]
    public Task A_time_of_nothing_is_refused(string arguments, string message) => Verify.ReportsAsync(
        $"[Neon, {{|DDB200:CachedFor({arguments})|}}] public sealed partial record Ware([Key] int Id);",
        "'Ware' cannot be cached as [CachedFor] says: " + message);

    [Fact]
    public Task Each_time_that_is_wrong_is_reported() => Verify.ReportsAsync(
        "[Neon, {|DDB200:{|DDB200:CachedFor(0, HardTimeout = \"x\")|}|}] public sealed partial record Ware([Key] int Id);",
        "'Ware' cannot be cached as [CachedFor] says: HardTimeout is \"x\", which is no time. Write a time above zero, such as \"00:05:00\".",
        "'Ware' cannot be cached as [CachedFor] says: the duration is 0 minutes, which is zero. Write a time above zero, such as \"00:05:00\".");

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("-0.1", "-0.1")]
    [InlineData("80", "80")]
    [InlineData("double.NaN", "NaN")]
    public Task A_share_outside_zero_and_one_is_refused(string share, string shown) => Verify.ReportsAsync(
        $"[Neon, {{|DDB201:CachedFor(minutes: 5, EagerRefreshAt = {share})|}}] public sealed partial record Ware([Key] int Id);",
        $"'Ware' cannot be cached as [CachedFor] says: EagerRefreshAt is {shown}, and it is a share of the duration. Write a number above 0 and below 1, such as 0.8, or 0 for never.");

    [Fact]
    public Task What_callers_share_and_can_change_is_warned_of() => Verify.ReportsAsync(
        Entities + """
        public abstract class Row { public DateTime? Seen; public int Depth { get; init; } }
        [Neon, {|DDB202:CachedFor(minutes: 5)|}] public sealed partial class Ware : Row
        {
            [Key] public int Id { get; private set; }
            public string Name { get; set; } = "";
            internal int Count { get; set; }
            public static int Made { get; set; }
            public readonly int Fixed = 1;
            [NotMapped] public int A { get; set; }
            [NotMapped] public int B { get; set; }
        }
        [UnifiedView, {|DDB202:CachedFor(minutes: 5)|}] public sealed partial record Sale(Order Order, Invoice? Invoice);
        """,
        "A caller may change what others are given: memory hands the same 'Ware' to all of them, and code can set 'Ware.Name', 'Ware.Count', 'Ware.A' and 2 more. Make that init-only, or give each caller a copy with Clone = true.",
        "A caller may change what others are given: memory hands the same 'Sale' to all of them, and code can set 'Invoice.Note'. Make that init-only, or give each caller a copy with Clone = true.");

    [Fact]
    public Task Copies_may_be_changed() => Verify.IsSilentAsync(Entities + """
        [Neon, CachedFor(minutes: 5, Clone = true)] public sealed partial class Ware { [Key] public int Id { get; set; } }
        [UnifiedView, CachedFor(minutes: 5, Clone = true)] public sealed partial record Sale(Order Order, Invoice? Invoice);
        """);

    [Fact]
    public Task What_is_neither_an_entity_nor_a_view_is_refused() => Verify.ReportsAsync(
        """
        [{|DDB203:CachedFor(minutes: 5)|}] public abstract record Base([property: Key] int Id);
        [Neon] public sealed partial record Ware(int Id) : Base(Id);
        [DualDatabase, {|DDB203:CachedFor(0)|}] public partial class Shop;
        """,
        "[CachedFor] on 'Base' keeps nothing: it is neither an entity nor a view. Mark it with [Neon], [Supabase] or [UnifiedView], or remove [CachedFor].",
        "[CachedFor] on 'Shop' keeps nothing: it is neither an entity nor a view. Mark it with [Neon], [Supabase] or [UnifiedView], or remove [CachedFor].");

    [Fact]
    public Task A_cache_without_a_level_is_warned_of() => Verify.ReportsAsync(
        "[Neon, {|DDB204:CachedFor(minutes: 5, L1 = false, L2 = false)|}] public sealed partial record Ware([Key] int Id);",
        "[CachedFor] on 'Ware' keeps nothing: L1 and L2 are both false. Leave one of them on, or remove [CachedFor].");

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public Task A_size_of_nothing_is_refused(string size) => Verify.ReportsAsync(
        $"[Neon, {{|DDB205:CachedFor(minutes: 5, Size = {size})|}}] public sealed partial record Ware([Key] int Id);",
        $"'Ware' cannot be cached as [CachedFor] says: Size is {size}, and it is how much of the memory's limit a row takes. Write 1 or more.");

    [Theory]
    [InlineData("SoftTimeout = \"00:00:01\"", "there is no FailSafe, so that no expired row is at hand. Set FailSafe, or remove SoftTimeout.")]
    [InlineData("FailSafe = \"00:00:00\", SoftTimeout = \"00:00:01\"", "there is no FailSafe, so that no expired row is at hand. Set FailSafe, or remove SoftTimeout.")]
    [InlineData("FailSafe = \"01:00:00\", SoftTimeout = \"00:00:02\", HardTimeout = \"00:00:02\"", "HardTimeout, 00:00:02, does not come after it. Make it shorter than HardTimeout.")]
    public Task A_soft_timeout_that_never_applies_is_warned_of(string settings, string message) => Verify.ReportsAsync(
        $"[Neon, {{|DDB206:CachedFor(minutes: 5, {settings})|}}] public sealed partial record Ware([Key] int Id);",
        "SoftTimeout on 'Ware' has no effect: " + message);

    [Fact]
    public Task Values_that_PostgreSQL_compares_in_its_own_way_are_warned_of() => Verify.ReportsAsync(
        Entities + """
        [Neon, {|DDB207:{|DDB207:{|DDB207:CachedFor(minutes: 5)|}|}|}] public sealed partial record Ware(
            [Key] int Id,
            [Unique, Column(Type = "char(8)")] string Code,
            [Unique(Name = "place")] int Shelf,
            [Unique(Name = "place"), Column(Type = "extensions.citext")] string Place,
            [References<Country>, Column(Type = "citext")] string Origin,
            [Column(Type = "citext")] string Free);
        [UnifiedView, {|DDB207:CachedFor(minutes: 5)|}] public sealed partial record Atlas(Country Country);
        """,
        "Finding 'Ware' by 'Code' always asks the database: the cache compares values exactly, and PostgreSQL may not do so for char(8). Store it as a type whose values differ wherever they do in C#, such as text or uuid, or expect no cache there.",
        "Finding 'Ware' by 'Origin' always asks the database: the cache compares values exactly, and PostgreSQL may not do so for citext. Store it as a type whose values differ wherever they do in C#, such as text or uuid, or expect no cache there.",
        "Finding 'Ware' by 'Shelf' and 'Place' always asks the database: the cache compares values exactly, and PostgreSQL may not do so for extensions.citext. Store it as a type whose values differ wherever they do in C#, such as text or uuid, or expect no cache there.",
        "Finding 'Atlas' by 'Code' always asks the database: the cache compares values exactly, and PostgreSQL may not do so for citext. Store it as a type whose values differ wherever they do in C#, such as text or uuid, or expect no cache there.");

    [Fact]
    public Task A_member_that_cannot_be_read_is_refused_in_a_cached_view_alone() => Verify.ReportsAsync(
        Entities + """
        [UnifiedView] public sealed partial record Purchase(Order Order) { public Profile? Buyer { private get; init; } }
        [UnifiedView, {|DDB208:CachedFor(minutes: 5)|}] public sealed partial record Basket(Profile User, Purchase[] Purchases);
        """,
        "'Basket' cannot be cached: its payload is made of its members, and generated code cannot read 'Purchase.Buyer'. Give that a getter that the project can reach, or remove [CachedFor].");

    [Fact]
    public Task What_is_right_is_not_spoken_of() => Verify.IsSilentAsync(Entities + """
        [Neon, CachedFor("00:05:00", L2 = false, Jitter = "00:00:00", FailSafe = "01:00:00", FailSafeThrottle = "00:00:10", Negative = "00:00:30",
            SoftTimeout = "00:00:00.1", HardTimeout = "00:00:02", EagerRefreshAt = 0, Size = 2, Tags = ["wares"])]
        public sealed partial record Ware([Key] int Id, [Unique] string Code, [References<Profile>] Guid? OwnerId);
        [UnifiedView, CachedFor(minutes: 0.5, EagerRefreshAt = 0.9, Jitter = null)] public sealed partial record Basket(Profile User, IReadOnlyList<Order> Orders);
        """);

    [Fact]
    public Task What_the_compiler_refuses_is_left_to_it() => Verify.ReportsAsync(
        """
        [Neon, CachedFor] public sealed partial record One([Key] int Id);
        [Neon, CachedFor(true)] public sealed partial record Two([Key] int Id);
        [Neon, CachedFor(minutes: 5, Jitter = 3)] public sealed partial record Three([Key] int Id);
        [Neon, {|DDB205:CachedFor(minutes: 5, Size = 0)|}] public sealed partial record Four([Key] int Id);
        """,
        "'Four' cannot be cached as [CachedFor] says: Size is 0, and it is how much of the memory's limit a row takes. Write 1 or more.");
}
