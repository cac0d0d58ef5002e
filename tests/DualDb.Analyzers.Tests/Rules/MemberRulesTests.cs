using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class MemberRulesTests
{
    [Fact]
    public Task A_member_whose_type_has_no_column_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Line([Key] long Id);

        [Neon]
        public sealed partial record Order([Key] long Id, object {|DDB020:Anything|})
        {
            public List<Line> {|DDB020:Lines|} { get; init; } = [];
            public long[][]? {|DDB020:Matrix|} { get; init; }
        }
        """,
        "'Order.Anything' cannot be stored: no column type fits 'object'. Mark it with [Jsonb(typeof(…))] to store it as JSON, or with [NotMapped] to leave it out.",
        "'Order.Lines' cannot be stored: no column type fits 'List<Line>'. Mark it with [Jsonb(typeof(…))] to store it as JSON, or with [NotMapped] to leave it out.",
        "'Order.Matrix' cannot be stored: no column type fits 'long[][]?'. Mark it with [Jsonb(typeof(…))] to store it as JSON, or with [NotMapped] to leave it out.");

    [Fact]
    public Task Members_of_every_supported_type_are_fine() => Verify.IsSilentAsync(Models.EveryType);

    [Fact]
    public Task Every_annotation_in_its_place_is_fine() => Verify.IsSilentAsync(Models.EveryAnnotation);

    [Fact]
    public Task A_member_that_is_not_mapped_or_computed_may_have_any_type() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial record Order([Key] long Id)
        {
            [NotMapped] public List<Order> Parts { get; init; } = [];
            public IEnumerable<Order> Others => Parts.Where(part => part.Id != Id);
            public object this[int index] => Parts[index];
            public static Order None { get; } = new(0L);
            internal object? Tag { get; set; }
        }
        """);

    [Fact]
    public Task A_column_type_that_does_not_fit_is_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial record Order([Key] long Id)
        {
            [{|DDB021:Column(Type = "uuid")|}] public int Count { get; init; }
            [{|DDB021:Column(Type = "text; drop table orders")|}] public string Note { get; init; } = "";
            [{|DDB021:Column(Type = "varchar(0)")|}] public string Code { get; init; } = "";
            [{|DDB021:Column(Type = "bigint")|}] public long[] Parts { get; init; } = [];
            [{|DDB021:Column("number", Type = "bigserial")|}] public long Number { get; init; }
        }
        """,
        "'Order.Count' cannot be stored as 'uuid': that is no PostgreSQL type which holds a 'int'. Change Type in [Column], or remove it to take the default.",
        "'Order.Note' cannot be stored as 'text; drop table orders': that is no PostgreSQL type which holds a 'string'. Change Type in [Column], or remove it to take the default.",
        "'Order.Code' cannot be stored as 'varchar(0)': that is no PostgreSQL type which holds a 'string'. Change Type in [Column], or remove it to take the default.",
        "'Order.Parts' cannot be stored as 'bigint': that is no PostgreSQL type which holds a 'long[]'. Change Type in [Column], or remove it to take the default.",
        "'Order.Number' cannot be stored as 'bigserial': that is no PostgreSQL type which holds a 'long'. Change Type in [Column], or remove it to take the default.");

    [Fact]
    public Task Column_types_that_fit_are_fine() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial record Order([Key, Column(Type = "integer")] long Id)
        {
            [Column(Type = "numeric(12, 2)")] public decimal Total { get; init; }
            [Column(Type = "VARCHAR(40)")] public string? Note { get; init; }
            [Column(Type = "public.citext")] public string Email { get; init; } = "";
            [Column(Type = "bigint[]")] public long[] Parts { get; init; } = [];
            [Column(Type = "timestamp")] public DateTime Planned { get; init; }
        }
        """);

    [Fact]
    public Task A_member_type_that_generated_code_cannot_name_is_refused() => Verify.ReportsAsync(
        """
        internal enum Size { Small, Large }

        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            private enum Kind { One, Two }
            [Column("kind")] private Kind {|DDB022:Sort|} { get; set; }
            [Column, {|DDB022:Unique|}] internal Size Size { get; set; }
        }

        [Neon]
        public sealed partial class Box
        {
            [{|DDB022:Key|}] internal Size Size { get; set; }
        }
        """,
        "'Order.Sort' cannot be mapped: its type 'Order.Kind' is less visible than the code generated for 'Order'. Make the type as visible as 'Order', or mark the property with [NotMapped].",
        "'Order.Size' cannot be mapped: its type 'Size' is less visible than the code generated for 'Order'. Make the type as visible as 'Order', or mark the property with [NotMapped].",
        "'Box.Size' cannot be mapped: its type 'Size' is less visible than the code generated for 'Box'. Make the type as visible as 'Box', or mark the property with [NotMapped].");

    [Fact]
    public Task A_type_of_the_same_visibility_is_fine() => Verify.IsSilentAsync(
        """
        internal enum Size { Small, Large }
        [Neon] internal sealed partial class Order { [Key] public long Id { get; set; } [Unique] public Size Size { get; set; } }
        [Neon] public sealed partial class Line { [Key] public long Id { get; set; } [Column] internal Size Size { get; set; } }
        """);

    [Fact]
    public Task A_member_that_nothing_sets_is_refused() => Verify.ReportsAsync(
        """
        public abstract class Row
        {
            [Key] public long Id { get; set; }
            public string {|DDB023:Source|} { get; private set; } = "";
        }

        [Neon]
        public sealed partial class Order : Row
        {
            public DateTimeOffset {|DDB023:At|} { get; } = DateTimeOffset.UnixEpoch;
            [Column("total")] public decimal {|DDB023:Total|} => 0;
        }
        """,
        "'Order.Source' cannot take a value from a row: it has neither a setter that 'Order' can call nor a constructor parameter of its name and type. Add one of them, or mark it with [NotMapped].",
        "'Order.At' cannot take a value from a row: it has neither a setter that 'Order' can call nor a constructor parameter of its name and type. Add one of them, or mark it with [NotMapped].",
        "'Order.Total' cannot take a value from a row: it has neither a setter that 'Order' can call nor a constructor parameter of its name and type. Add one of them, or mark it with [NotMapped].");

    [Fact]
    public Task A_private_setter_of_the_entity_itself_is_fine() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; private init; }
            public string Note { get; private set; } = "";
            public decimal Double => 2m;
        }
        """);

    [Fact]
    public Task A_member_that_cannot_be_read_is_refused() => Verify.ReportsAsync(
        """
        public abstract class Row
        {
            [Column("secret")] private string {|DDB024:Secret|} { get; set; } = "";
        }

        [Neon]
        public sealed partial class Order : Row
        {
            private string _note = "";
            [Key] public long Id { get; set; }
            [Column] public string {|DDB024:Note|} { set => _note = value; }
        }
        """,
        "'Order.Secret' cannot be written to a row: it has no getter that 'Order' can call. Add one, or mark it with [NotMapped].",
        "'Order.Note' cannot be written to a row: it has no getter that 'Order' can call. Add one, or mark it with [NotMapped].");

    [Fact]
    public Task A_private_member_with_a_column_is_fine() => Verify.IsSilentAsync(
        "[Neon] public sealed partial class Order { [Key] public long Id { get; set; } [Column] private string Note { get; set; } = \"\"; }");

    [Fact]
    public Task A_member_that_no_code_may_name_is_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            [Obsolete("Use Note.", error: true)] public string {|DDB025:Remark|} { get; set; } = "";
        }
        """,
        "'Order.Remark' cannot be mapped: it is marked [Obsolete] as an error, so no code may name it. Make that a warning, or mark it with [NotMapped].");

    [Fact]
    public Task An_obsolete_member_is_fine() => Verify.IsSilentAsync(
        "[Neon] public sealed partial class Order { [Key] public long Id { get; set; } [Obsolete(\"Use Note.\")] public string Remark { get; set; } = \"\"; }");

    [Fact]
    public Task Two_members_of_one_column_are_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            public Guid UserId { get; set; }
            [{|DDB026:Column("user_id")|}] public Guid Buyer { get; set; }
            public Guid {|DDB026:User_Id|} { get; set; }
        }
        """,
        "'Order.Buyer' cannot be stored in the column 'user_id': 'Order.UserId' already is. Name another column with [Column(\"…\")], or leave one of the two out with [NotMapped].",
        "'Order.User_Id' cannot be stored in the column 'user_id': 'Order.UserId' already is. Name another column with [Column(\"…\")], or leave one of the two out with [NotMapped].");

    [Fact]
    public Task Columns_that_differ_in_case_are_fine() => Verify.IsSilentAsync(
        "[Neon] public sealed partial class Order { [Key] public long Id { get; set; } [Column(\"ID\")] public long Other { get; set; } }");

    [Fact]
    public Task A_member_with_two_meanings_is_refused() => Verify.ReportsAsync(
        "[Neon] public sealed partial record Order([Key] long Id, [CreatedAt, {|DDB027:UpdatedAt|}] DateTimeOffset At);",
        "'Order.At' cannot be both [CreatedAt] and [UpdatedAt]: each gives the column a meaning of its own. Keep one of them, or split the property in two.");

    [Fact]
    public Task Two_members_of_one_meaning_are_refused() => Verify.ReportsAsync(
        "[Neon] public sealed partial record Order([Key] long Id, [Version] int Version, [{|DDB028:Version|}] long Revision);",
        "'Order.Revision' cannot be [Version]: 'Order.Version' already is, and an entity has one such column at most. Remove one of the two annotations.");

    [Fact]
    public Task Two_members_of_one_lookup_are_refused() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            [Unique(Name = "both")] public string Shop { get; set; } = "";
            [Unique(Name = "both")] public string Number { get; set; } = "";
            [{|DDB029:Unique|}] public string ShopAndNumber { get; set; } = "";
            [References<Order>] public long? Child { get; set; }
            [{|DDB029:References<Order>|}] public long? Children { get; set; }
        }
        """,
        "'Order.ShopAndNumber' cannot be looked up: its method 'FindByShopAndNumberAsync' is already that of 'Order.Shop'. Rename one of the two properties, keeping its column with [Column(\"…\")].",
        "'Order.Children' cannot be looked up: its method 'ListByChildrenAsync' is already that of 'Order.Child'. Rename one of the two properties, keeping its column with [Column(\"…\")].");

    [Fact]
    public Task Different_meanings_on_different_members_are_fine() => Verify.IsSilentAsync(
        """
        [Neon]
        public sealed partial record Order([Key] long Id, [Version] int Version, [CreatedAt] DateTimeOffset Created, [UpdatedAt] DateTime Updated, [SoftDelete] bool Deleted);
        [Supabase]
        public sealed partial record Visit([Key] long Id, [Version] long Version, [SoftDelete] DateTimeOffset? Deleted);
        """);

    [Fact]
    public Task A_key_that_may_be_null_or_is_not_compared_by_value_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([{|DDB030:Key|}] long? Id);
        [Neon] public sealed partial record Line([{|DDB030:Key|}] byte[] Hash);
        [Neon] public sealed partial record Part([{|DDB030:Key|}] string? Code);
        """,
        "'Order.Id' cannot be a key: a 'long?' may be null, or is not compared by value. Use a number, text, Guid, date or enum that cannot be null.",
        "'Line.Hash' cannot be a key: a 'byte[]' may be null, or is not compared by value. Use a number, text, Guid, date or enum that cannot be null.",
        "'Part.Code' cannot be a key: a 'string?' may be null, or is not compared by value. Use a number, text, Guid, date or enum that cannot be null.");

    [Fact]
    public Task Keys_compared_by_value_are_fine() => Verify.IsSilentAsync(
        """
        [Neon] public sealed partial record Order([Key] string Code);
        [Neon] public sealed partial record Day([Key] DateOnly Date, [Key(Order = 1)] DayOfWeek Weekday);
        """);

    [Fact]
    public Task A_generated_key_of_another_type_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Order([{|DDB031:Key(Generated = true)|}] string Code);
        [Neon] public sealed partial record Line([{|DDB031:Key(Generated = true)|}, Column(Type = "numeric")] long Id);
        """,
        "The database cannot generate 'Order.Code': it makes short, int and long keys in integer columns and Guid keys in uuid columns, not this 'string'. Change the type, or remove Generated = true.",
        "The database cannot generate 'Line.Id': it makes short, int and long keys in integer columns and Guid keys in uuid columns, not this 'long'. Change the type, or remove Generated = true.");

    [Fact]
    public Task A_generated_part_of_a_composite_key_is_refused() => Verify.ReportsAsync(
        "[Neon] public sealed partial record Line([Key] long OrderId, [{|DDB032:Key(Generated = true)|}] int Number);",
        "The database cannot generate 'Line.Number': it is a part of a composite key. Remove Generated = true and set the value before inserting, or make one property the only key.");

    [Fact]
    public Task Generated_numbers_and_guids_are_fine() => Verify.IsSilentAsync(
        """
        [Neon] public sealed partial record A([Key(Generated = true)] short Id);
        [Neon] public sealed partial record B([Key(Generated = true)] int Id);
        [Supabase] public sealed partial record C([Key(Generated = true)] long Id);
        [Supabase] public sealed partial record D([Key(Generated = true)] Guid Id);
        """);
}
