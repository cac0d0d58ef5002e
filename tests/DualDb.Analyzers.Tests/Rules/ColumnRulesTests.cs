using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class ColumnRulesTests
{
    [Fact]
    public Task A_version_of_another_type_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record A([Key] long Id, [{|DDB040:Version|}] string Version);
        [Neon] public sealed partial record B([Key] long Id, [{|DDB040:Version|}] int? Version);
        [Neon] public sealed partial record C([Key] long Id, [{|DDB040:Version|}, Column(Type = "numeric")] long Version);
        """,
        "'A.Version' cannot count versions: this 'string' is no whole number that always has a value. Use int or long, not nullable, in an integer column.",
        "'B.Version' cannot count versions: this 'int?' is no whole number that always has a value. Use int or long, not nullable, in an integer column.",
        "'C.Version' cannot count versions: this 'long' is no whole number that always has a value. Use int or long, not nullable, in an integer column.");

    [Fact]
    public Task A_timestamp_of_another_type_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([Key] long Id, [{|DDB041:CreatedAt|}] DateOnly Created, [{|DDB041:UpdatedAt|}] long Updated);
        """,
        "'Order.Created' cannot be [CreatedAt]: the database's clock cannot be stored in this 'DateOnly'. Use DateTimeOffset, or DateTime, in a timestamp column.",
        "'Order.Updated' cannot be [UpdatedAt]: the database's clock cannot be stored in this 'long'. Use DateTimeOffset, or DateTime, in a timestamp column.");

    [Fact]
    public Task A_mark_of_deletion_of_another_type_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record A([Key] long Id, [{|DDB042:SoftDelete|}] DateTimeOffset Deleted);
        [Neon] public sealed partial record B([Key] long Id, [{|DDB042:SoftDelete|}] bool? Deleted);
        """,
        "'A.Deleted' cannot mark deleted rows: this 'DateTimeOffset' is neither a flag nor a time that may be missing. Use bool, DateTimeOffset? or DateTime? here.",
        "'B.Deleted' cannot mark deleted rows: this 'bool?' is neither a flag nor a time that may be missing. Use bool, DateTimeOffset? or DateTime? here.");

    [Fact]
    public Task A_type_of_ones_own_without_a_context_is_refused() => Verify.ReportsAsync(
        """
        public sealed record Address(string City);
        [Neon] public sealed partial record Order([Key] long Id, [{|DDB043:Jsonb|}] Address Address);
        """,
        "'Order.Address' cannot be stored as JSON: nothing says how a 'Address' is serialised. Name a JsonSerializerContext that lists it: [Jsonb(typeof(…))].");

    [Fact]
    public Task A_context_that_is_none_or_cannot_be_named_is_refused() => Verify.ReportsAsync(
        """
        using System.Text.Json.Serialization;
        public sealed record Address(string City);

        [Neon]
        public sealed partial record Order([Key] long Id, [{|DDB044:Jsonb(typeof(Address))|}] Address Address)
        {
            [{|DDB044:Jsonb(typeof(Hidden))|}] public Address? Other { get; init; }

            [JsonSerializable(typeof(Address))] private sealed partial class Hidden : JsonSerializerContext;
        }
        """,
        "'Order.Address' cannot be stored as JSON: 'Address' is no JsonSerializerContext that generated code can name. Name a class that derives from JsonSerializerContext and is internal or public.",
        "'Order.Other' cannot be stored as JSON: 'Order.Hidden' is no JsonSerializerContext that generated code can name. Name a class that derives from JsonSerializerContext and is internal or public.");

    [Fact]
    public Task A_context_that_does_not_list_the_type_is_refused() => Verify.ReportsAsync(
        """
        using System.Text.Json.Serialization;
        public sealed record Address(string City);
        [JsonSerializable(typeof(Address))] internal sealed partial class ShopJson : JsonSerializerContext;
        [Neon] public sealed partial record Order([Key] long Id, [{|DDB045:Jsonb(typeof(ShopJson))|}] List<Address> Addresses);
        """,
        "'Order.Addresses' cannot be stored as JSON: 'ShopJson' does not list 'List<Address>'. Add [JsonSerializable(typeof(List<Address>))] to 'ShopJson'.");

    [Fact]
    public Task Storing_by_name_what_is_no_enum_is_refused() => Verify.ReportsAsync(
        "[Neon] public sealed partial record Order([Key] long Id, [{|DDB046:StoredAsText|}] int Status);",
        "'Order.Status' cannot be stored by name: 'int' is no enum. Remove [StoredAsText], or put it on a property whose type is one.");

    [Fact]
    public Task Storing_enums_by_name_is_fine() => Verify.IsSilentAsync(
        "[Neon] public sealed partial record Order([Key] long Id, [StoredAsText] DayOfWeek Day, [StoredAsText] DayOfWeek? Other, [StoredAsText] DayOfWeek[] Days);");
}
