using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class ProjectionRulesTests
{
    private const string Order = "[Neon] public sealed partial record Order([Key] long Id, decimal Total, string? Note, int Count);\n";

    [Fact]
    public Task A_projection_must_be_partial() => Verify.ReportsAsync(
        Order + "[Projection<Order>] public sealed record {|DDB300:OrderSummary|}(long Id, decimal Total);",
        "Nothing can be generated for the projection 'OrderSummary': 'OrderSummary' is not partial, so nothing can be added to it. Add the partial modifier to 'OrderSummary'.");

    [Fact]
    public Task A_projection_must_have_one_shape() => Verify.ReportsAsync(
        Order + "[Projection<Order>] public sealed partial record {|DDB300:OrderSummary|}<T>(long Id);",
        "Nothing can be generated for the projection 'OrderSummary': 'OrderSummary' is generic, and a selection has one fixed list of columns. Remove the type parameters.");

    [Fact]
    public Task A_projection_of_a_type_that_is_no_entity_is_refused() => Verify.ReportsAsync(
        "public sealed record Plain(long Id);\n[{|DDB301:Projection<Plain>|}] public sealed partial record Summary(long Id);",
        "'Summary' cannot be a projection of 'Plain': that type is no entity. Mark 'Plain' with [Neon] or [Supabase], or name the right type in [Projection<T>].");

    [Fact]
    public Task A_member_without_a_column_is_refused() => Verify.ReportsAsync(
        Order + "[Projection<Order>] public sealed partial record Summary(long Id, decimal {|DDB302:Sum|});",
        "'Summary.Sum' cannot be read: 'Order' has no mapped member of that name. Give it the name of one, or mark it with [NotMapped] where it may stay unset.");

    [Fact]
    public Task A_member_that_cannot_hold_its_column_is_refused() => Verify.ReportsAsync(
        Order + "[Projection<Order>] public sealed partial record Summary(long Id, string {|DDB303:Note|});",
        "'Summary.Note' cannot be read: it is of type 'string', which cannot hold every value of 'Order.Note', of type 'string?'. Give it that type.");

    [Fact]
    public Task Classes_structs_wider_types_and_members_left_out_are_fine() => Verify.IsSilentAsync(
        Order + """
        [Projection<Order>] public sealed partial record Summary(long Id, decimal? Total, long Count) { public string Shown => $"{Id}"; }
        [Projection<Order>] public sealed partial class Row { public required long Id { get; init; } public string? Note { get; set; } [NotMapped] public int Place { get; set; } }
        [Projection<Order>] public readonly partial record struct Pair(long Id, string? Note);
        """);
}
