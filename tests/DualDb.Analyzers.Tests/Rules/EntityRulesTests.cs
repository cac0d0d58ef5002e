using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class EntityRulesTests
{
    [Fact]
    public Task An_entity_without_a_key_is_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial record {|DDB001:Order|}
        {
            public long Id { get; init; }
        }
        """,
        "No repository can be generated for 'Order': it has no key. Mark the identifying property with [Key].");

    [Fact]
    public Task A_key_on_the_parameter_of_a_positional_record_or_on_a_base_class_counts() => Verify.IsSilentAsync(
        """
        [Neon] public sealed partial record Order([Key] long Id, string Note);
        [Neon] public sealed partial record Line([property: Key] long Id);
        public abstract class Row { [Key] public long Id { get; set; } }
        [Supabase] public sealed partial class Visit : Row { public string Page { get; set; } = ""; }
        """);

    [Fact]
    public Task A_partial_entity_is_pointed_at_in_the_part_that_is_annotated() => Verify.ReportsAsync(
        [
            ("A.cs", "public sealed partial class Order { public long Id { get; set; } }"),
            ("B.cs", "[Neon] public sealed partial class {|DDB001:Order|} { }"),
        ],
        "No repository can be generated for 'Order': it has no key. Mark the identifying property with [Key].");

    [Fact]
    public Task An_entity_of_both_databases_is_refused() => Verify.ReportsAsync(
        """
        [Neon, {|DDB002:Supabase("order_notes")|}]
        public sealed partial record Order([Key] long Id);
        """,
        "'Order' cannot be stored in both databases: it carries [Neon] and [Supabase]. Keep one of them, and declare a second type for the other database.");

    [Fact]
    public Task An_entity_that_is_not_partial_is_refused() => Verify.ReportsAsync(
        "[Neon] public sealed record {|DDB003:Order|}([Key] long Id);",
        "Nothing can be generated for 'Order': 'Order' is not partial, so nothing can be added to it. Add the partial modifier to 'Order'.");

    [Fact]
    public Task A_type_around_an_entity_must_be_partial_too() => Verify.ReportsAsync(
        """
        public static class {|DDB003:Billing|}
        {
            public static partial class Inner
            {
                [Neon] public sealed partial record Invoice([Key] long Id);
            }
        }
        """,
        "Nothing can be generated for 'Invoice': 'Billing' is not partial, so nothing can be added to it. Add the partial modifier to 'Billing'.");

    [Fact]
    public Task A_nested_entity_in_partial_types_is_fine() => Verify.IsSilentAsync(
        "public static partial class Billing { public partial record Area { [Neon] public sealed partial record Invoice([Key] long Id); } }");

    [Fact]
    public Task A_generic_entity_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial class {|DDB004:Box|}<T> { [Key] public long Id { get; set; } public T? Content { get; set; } }
        public partial class {|DDB004:Outer|}<T>
        {
            [Neon] public sealed partial class Inner { [Key] public long Id { get; set; } }
        }
        """,
        "Nothing can be generated for 'Box': 'Box' is generic, and a table has one fixed list of columns. Annotate a type without type parameters; it may derive from a closed generic class.",
        "Nothing can be generated for 'Inner': 'Outer' is generic, and a table has one fixed list of columns. Annotate a type without type parameters; it may derive from a closed generic class.");

    [Fact]
    public Task An_entity_that_derives_from_a_closed_generic_class_is_fine() => Verify.IsSilentAsync(
        """
        public abstract class Row<TKey> { [Key] public TKey Id { get; set; } = default!; }
        [Neon] public sealed partial class Order : Row<long>;
        """);

    [Fact]
    public Task A_static_entity_is_refused() => Verify.ReportsAsync(
        "[Neon] public static partial class {|DDB005:Order|};",
        "Nothing can be generated for 'Order': it is static, so no row can become an instance of it. Remove the static modifier.");

    [Fact]
    public Task An_abstract_entity_is_refused() => Verify.ReportsAsync(
        "[Neon] public abstract partial class {|DDB006:Order|} { [Key] public long Id { get; set; } }",
        "Nothing can be generated for 'Order': it is abstract, so no row can become an instance of it. Remove the abstract modifier, or annotate the types that derive from it.");

    [Fact]
    public Task An_entity_that_other_files_cannot_name_is_refused() => Verify.ReportsAsync(
        """
        [Neon] file partial class {|DDB007:Order|} { [Key] public long Id { get; set; } }
        public partial class Outer
        {
            [Neon] private sealed partial class {|DDB007:Inner|} { [Key] public long Id { get; set; } }
            private protected partial class {|DDB007:Middle|} { [Neon] public sealed partial class Deep { [Key] public long Id { get; set; } } }
        }
        """,
        "Nothing can be generated for 'Order': 'Order' is file, so generated code in another file cannot name it. Make 'Order' internal or public.",
        "Nothing can be generated for 'Inner': 'Inner' is private, so generated code in another file cannot name it. Make 'Inner' internal or public.",
        "Nothing can be generated for 'Deep': 'Middle' is private protected, so generated code in another file cannot name it. Make 'Middle' internal or public.");

    [Fact]
    public Task An_internal_entity_is_fine() => Verify.IsSilentAsync("[Neon] partial class Order { [Key] public long Id { get; set; } }");

    [Fact]
    public Task A_name_that_cannot_be_used_is_refused() => Verify.ReportsAsync(
        """
        [{|DDB008:Neon("")|}] public sealed partial record Order([Key] long Id);
        [{|DDB008:Neon(Schema = " ")|}] public sealed partial record Line([Key] long Id);
        [{|DDB008:Supabase(Set = "my visits")|}] public sealed partial record Visit([Key] long Id);
        [Supabase]
        public sealed partial record Profile([Key] long Id)
        {
            [{|DDB008:Column("a\nb")|}] public string Note { get; init; } = "";
            [{|DDB008:Unique(Name = "an_extraordinarily_long_name_of_a_constraint_that_postgresql_would_cut")|}] public string Email { get; init; } = "";
            [{|DDB008:Index(Name = "")|}] public string City { get; init; } = "";
            public string {|DDB008:AnExtraordinarilyLongNameOfAPropertyWhoseColumnPostgresqlWouldCut|} { get; init; } = "";
        }
        """,
        "The table of 'Order' cannot be named '': it is empty. Give it another name in its annotation.",
        "The schema of 'Line' cannot be named ' ': it is empty. Give it another name in its annotation.",
        "The set of 'Visit' cannot be named 'my visits': it is no C# identifier. Give it another name in its annotation.",
        @"The column of 'Profile.Note' cannot be named 'a\nb': it contains a control character or a surrogate. Give it another name in its annotation.",
        "The constraint of 'Profile.Email' cannot be named 'an_extraordinarily_long_name_of_a_constraint_that_postgresql_would_cut': it is longer than 63 bytes. Give it another name in its annotation.",
        "The index of 'Profile.City' cannot be named '': it is empty. Give it another name in its annotation.",
        "The column of 'Profile.AnExtraordinarilyLongNameOfAPropertyWhoseColumnPostgresqlWouldCut' cannot be named 'an_extraordinarily_long_name_of_a_property_whose_column_postgresql_would_cut': it is longer than 63 bytes. Give it another name in its annotation.");

    [Fact]
    public Task Names_that_postgresql_takes_when_quoted_are_fine() => Verify.IsSilentAsync(
        """
        [Neon("Bestellungen 2024", Schema = "Größe", Set = "Bestellungen")]
        public sealed partial record Order([Key, Column("order")] long Id, [Column("select \"x\"")] string Note);
        """);

    [Fact]
    public Task The_name_of_a_generated_type_that_the_project_uses_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([Key] long Id);
        public sealed class {|DDB009:OrderRepository|};
        public interface {|DDB009:IOrderRepository|};
        public readonly partial struct {|DDB009:OrderMap|};
        public enum {|DDB009:OrderColumns|};
        """,
        "'OrderRepository' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.",
        "'IOrderRepository' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.",
        "'OrderMap' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.",
        "'OrderColumns' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.");

    [Fact]
    public Task The_name_of_a_generated_type_that_a_member_or_a_namespace_uses_is_refused() => Verify.ReportsAsync(
        """
        public partial class Outer
        {
            [Neon] public sealed partial record Order([property: Key] long Id, string {|DDB009:OrderColumns|});
            public string {|DDB009:OrderMap|} => "";
        }

        [Neon("lines", Set = "Lines")] public sealed partial record Line([property: Key] long Id);
        namespace {|DDB009:LineMap|} { public enum Thing; }
        """,
        "'OrderColumns' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.",
        "'OrderMap' cannot be generated for 'Order': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.",
        "'LineMap' cannot be generated for 'Line': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.");

    [Fact]
    public Task A_partial_repository_and_types_of_other_namespaces_or_arities_are_fine() => Verify.IsSilentAsync(
        """
        namespace Shop
        {
            [Neon] public sealed partial record Order([Key] long Id);
            public partial class OrderRepository;
            public partial interface IOrderRepository;
            public sealed class OrderMap<T>;
        }

        namespace Shop.Maps
        {
            public sealed class OrderColumns;
        }
        """);

    [Fact]
    public Task A_set_that_the_root_or_object_already_has_is_refused() => Verify.ReportsAsync(
        """
        [{|DDB010:Neon(Set = "Supabase")|}] public sealed partial record Order([Key] long Id);
        [{|DDB010:Supabase(Set = "ToString")|}] public sealed partial record Visit([Key] long Id);
        """,
        "'Order' cannot have the set 'Supabase': the name is taken by a member of every root. Choose another one with Set = \"…\" in the annotation.",
        "'Visit' cannot have the set 'ToString': the name is taken by a member of object. Choose another one with Set = \"…\" in the annotation.");

    [Fact]
    public Task Two_entities_of_one_set_are_refused() => Verify.ReportsAsync(
        """
        namespace Shop { [Neon] public sealed partial record Order([Key] long Id); }
        namespace Shop.Archive { [Neon] public sealed partial record Line([Key] long Id); }
        namespace Shop.Users { [{|DDB011:Supabase|}] public sealed partial record Orders([Key] long Id); }
        """,
        "'Orders' gets no property on the root: its set 'Orders' is already that of 'Order'. Choose another one with Set = \"…\" in the annotation.");

    [Fact]
    public Task Two_entities_of_one_name_with_sets_of_their_own_are_fine() => Verify.IsSilentAsync(
        """
        namespace Shop.Archive { [Neon("archived_orders", Set = "ArchivedOrders")] public sealed partial record Order([Key] long Id); }
        namespace Shop { [Neon] public sealed partial record Order([Key] long Id); }
        """);

    [Fact]
    public Task An_entity_without_a_usable_constructor_is_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class {|DDB012:Order|}
        {
            public Order(TimeProvider clock, long id) => (Id, At) = (id, clock.GetUtcNow());
            [Key] public long Id { get; }
            public DateTimeOffset At { get; set; }
        }
        """,
        "No 'Order' can be made from a row: no constructor takes only values of mapped members, each parameter named and typed like its member. Give it such a constructor (a private one will do), or one without parameters and properties that can be set.");

    [Fact]
    public Task Constructors_that_take_members_are_fine() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            public Order(TimeProvider clock, long id) : this(id, clock.GetUtcNow()) { }
            private Order(long id, DateTimeOffset at) => (Id, At) = (id, at);
            [Key] public long Id { get; }
            public DateTimeOffset At { get; }
        }

        [Neon]
        public sealed partial class Line(long id, string note = "")
        {
            [Key] public long Id { get; } = id;
            public string Note => note;
        }
        """);

    [Fact]
    public Task A_required_member_that_is_not_mapped_is_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            [NotMapped] public required string {|DDB013:Note|} { get; set; }
        }

        [Neon]
        public sealed partial class Line
        {
            [Key] public long Id { get; set; }
            public required string {|DDB013:Text|};
        }
        """,
        "No 'Order' can be made from a row: 'Order.Note' is required, and no column holds its value. Map it, remove the required modifier, or mark a constructor that sets it with [SetsRequiredMembers].",
        "No 'Line' can be made from a row: 'Line.Text' is required, and no column holds its value. Map it, remove the required modifier, or mark a constructor that sets it with [SetsRequiredMembers].");

    [Fact]
    public Task A_required_member_that_every_constructor_sets_is_fine() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Order() => Note = "";
            [Key] public required long Id { get; set; }
            [NotMapped] public required string Note { get; set; }
        }
        """);
}
