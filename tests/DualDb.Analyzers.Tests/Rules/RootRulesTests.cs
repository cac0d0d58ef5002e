using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class RootRulesTests
{
    [Fact]
    public Task A_second_root_is_refused() => Verify.ReportsAsync(
        """
        [DualDatabase] public sealed partial class ShopDb;
        [{|DDB050:DualDatabase|}] public sealed partial class UserDb;
        """,
        "'UserDb' cannot be a second root: the project already has 'ShopDb', with the same repositories. Keep [DualDatabase] on one class.");

    [Fact]
    public Task A_root_that_is_not_partial_is_refused() => Verify.ReportsAsync(
        "[DualDatabase] public sealed class {|DDB051:ShopDb|};",
        "No root can be generated for 'ShopDb': it is not partial, so nothing can be added to it. Add the partial modifier.");

    [Fact]
    public Task A_root_that_is_refused_still_has_its_interface() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([property: Key] long Id);
        [DualDatabase] public sealed class {|DDB051:ShopDb|};
        public sealed class Service(IShopDb db) { public IOrderRepository Orders => db.Orders; }
        """,
        "No root can be generated for 'ShopDb': it is not partial, so nothing can be added to it. Add the partial modifier.");

    [Theory]
    [InlineData("public partial class {|DDB052:ShopDb|}<T>;", "generic")]
    [InlineData("public static partial class {|DDB052:ShopDb|};", "static")]
    [InlineData("public abstract partial class {|DDB052:ShopDb|};", "abstract")]
    [InlineData("public sealed partial record {|DDB052:ShopDb|};", "a record")]
    [InlineData("file sealed partial class {|DDB052:ShopDb|};", "file-local")]
    public Task A_root_of_another_shape_is_refused(string declaration, string why) => Verify.ReportsAsync(
        "[DualDatabase] " + declaration,
        $"No root can be generated for 'ShopDb': it is {why}. Declare it as a plain partial class directly in a namespace.");

    [Fact]
    public Task A_nested_root_is_refused() => Verify.ReportsAsync(
        "public partial class Outer { [DualDatabase] public sealed partial class {|DDB052:ShopDb|}; }",
        "No root can be generated for 'ShopDb': it is nested in another type. Declare it as a plain partial class directly in a namespace.");

    [Fact]
    public Task A_member_of_the_root_with_the_name_of_a_set_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([Key] long Id);
        [DualDatabase] public sealed partial class ShopDb { public int {|DDB053:Orders|} => 0; }
        """,
        "The root 'ShopDb' can have no property 'Orders' for 'Order': the name is taken by a member of its own. Rename that, or choose another set with Set = \"…\" in the annotation of 'Order'.");

    [Fact]
    public Task A_set_with_the_name_of_the_root_is_refused() => Verify.ReportsAsync(
        """
        [{|DDB053:Neon(Set = "ShopDb")|}] public sealed partial record Order([Key] long Id);
        [DualDatabase] public sealed partial class ShopDb;
        """,
        "The root 'ShopDb' can have no property 'ShopDb' for 'Order': the name is taken by its own name. Rename that, or choose another set with Set = \"…\" in the annotation of 'Order'.");

    [Fact]
    public Task A_root_with_a_constructor_the_generated_one_cannot_serve_is_refused() => Verify.ReportsAsync(
        "[DualDatabase] public sealed partial class {|DDB054:ShopDb|}(string name) { public string Name => name; }",
        "No root can be generated for 'ShopDb': the generated constructor cannot serve its primary constructor, or a base class that takes arguments. Remove it, and keep further members in the class itself.");

    [Fact]
    public Task A_root_with_a_base_class_that_takes_arguments_is_refused() => Verify.ReportsAsync(
        """
        public class Base(string name) { public string Name => name; }
        [DualDatabase] public sealed partial class {|DDB054:ShopDb|} : Base;
        """,
        "No root can be generated for 'ShopDb': the generated constructor cannot serve its primary constructor, or a base class that takes arguments. Remove it, and keep further members in the class itself.");

    [Fact]
    public Task A_member_that_the_generated_part_declares_is_refused() => Verify.ReportsAsync(
        """
        [DualDatabase]
        public sealed partial class ShopDb
        {
            public string {|DDB055:Neon|} => "";
            public {|DDB055:ShopDb|}(NeonDatabase neon, SupabaseDatabase supabase, DualDbCache cache) { }
            public void {|DDB055:Dispose|}() { }
            public static ShopDb {|DDB055:Create|}(Action<DualDbOptions>? configure) => null!;
            public Task {|DDB055:CreateTablesAsync|}(CancellationToken token) => Task.CompletedTask;
            public ShopDb {|DDB055:AsUser|}(UserSession session) => this;
        }
        """,
        "No root can be generated for 'ShopDb': it declares 'Neon', and so would its generated part. Rename yours, or leave it to the generated one.",
        "No root can be generated for 'ShopDb': it declares 'ShopDb', and so would its generated part. Rename yours, or leave it to the generated one.",
        "No root can be generated for 'ShopDb': it declares 'Dispose', and so would its generated part. Rename yours, or leave it to the generated one.",
        "No root can be generated for 'ShopDb': it declares 'Create', and so would its generated part. Rename yours, or leave it to the generated one.",
        "No root can be generated for 'ShopDb': it declares 'CreateTablesAsync', and so would its generated part. Rename yours, or leave it to the generated one.",
        "No root can be generated for 'ShopDb': it declares 'AsUser', and so would its generated part. Rename yours, or leave it to the generated one.");

    [Fact]
    public Task Other_overloads_of_generated_members_are_fine() => Verify.IsSilentAsync(
        """
        namespace Shop;
        [DualDatabase]
        public sealed partial class ShopDb
        {
            public static ShopDb Create(string neon, string supabase) => Create();
            public ShopDb AsUser(string name) => this;
            public Task CreateTablesAsync(bool really, CancellationToken token) => really ? CreateTablesAsync(token) : Task.CompletedTask;
        }
        public partial interface IShopDb { string Greeting => "Hello"; }
        """);

    [Fact]
    public Task An_interface_with_the_name_of_that_of_the_root_is_refused() => Verify.ReportsAsync(
        """
        [DualDatabase] public sealed partial class ShopDb;
        public interface {|DDB009:IShopDb|};
        """,
        "'IShopDb' cannot be generated for 'ShopDb': the project already uses that name in the same place. Rename one of the two, or declare it partial where it is the class or interface of a repository, or the interface of a root.");

    [Fact]
    public Task A_root_with_a_base_class_without_arguments_is_fine() => Verify.IsSilentAsync(
        """
        public abstract class Base { protected Base() { } public string Greeting => "Hello"; }
        [DualDatabase] public sealed partial class ShopDb : Base;
        """);

    [Fact]
    public Task A_root_with_members_and_interfaces_is_fine() => Verify.IsSilentAsync(
        """
        namespace Shop;
        public interface IGreeter { string Greeting { get; } }
        [Neon] public sealed partial record Order([Key] long Id);
        [DualDatabase] internal sealed partial class ShopDb : IGreeter { public string Greeting => "Hello"; private static int s_count; public int Count => ++s_count; }
        """);
}
