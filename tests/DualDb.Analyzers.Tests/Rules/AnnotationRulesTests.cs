using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class AnnotationRulesTests
{
    [Fact]
    public Task Annotations_outside_an_entity_are_warned_of() => Verify.ReportsAsync(
        """
        public sealed record Order([{|DDB060:Key|}] long Id)
        {
            [{|DDB060:References<Order>|}] public long? PreviousId { get; init; }
        }

        public interface IOrder { [{|DDB060:Column("note")|}] string Note { get; } }
        public struct Point { [{|DDB060:NotMapped|}] public int X { get; set; } }
        """,
        "[Key] on 'Order.Id' has no effect: 'Order' is no entity, nor the base of one. Mark 'Order' with [Neon] or [Supabase], or remove the annotation.",
        "[References] on 'Order.PreviousId' has no effect: 'Order' is no entity, nor the base of one. Mark 'Order' with [Neon] or [Supabase], or remove the annotation.",
        "[Column] on 'IOrder.Note' has no effect: 'IOrder' is no entity, nor the base of one. Only a class or record can be an entity: remove the annotation.",
        "[NotMapped] on 'Point.X' has no effect: 'Point' is no entity, nor the base of one. Only a class or record can be an entity: remove the annotation.");

    [Fact]
    public Task Annotations_on_the_base_of_an_entity_or_on_an_abstract_class_are_fine() => Verify.IsSilentAsync(
        """
        public class Row<TKey> { [Key] public TKey Id { get; set; } = default!; }
        public class Named<TKey> : Row<TKey> { [Column("title")] public string Name { get; set; } = ""; }
        public abstract class Timed { [CreatedAt] public DateTimeOffset CreatedAt { get; set; } }
        [Neon] public sealed partial class Product : Named<int>;
        """);

    [Fact]
    public Task Column_on_the_rows_of_SQL_of_ones_own_is_fine() => Verify.IsSilentAsync(
        """
        public sealed class Total { [Column("sum")] public decimal Value { get; init; } }
        public struct Average { [Column("avg")] public decimal Value { get; set; } }
        """);

    [Fact]
    public Task Attributes_of_the_same_names_from_elsewhere_are_fine_outside_entities() => Verify.IsSilentAsync(
        """
        namespace Elsewhere
        {
            public sealed class KeyAttribute : Attribute;
            public sealed class Order { [Elsewhere.Key] public long Id { get; set; } [System.ComponentModel.DataAnnotations.Key] public long Other { get; set; } }
        }
        """);

    [Fact]
    public Task Annotations_on_members_that_are_not_mapped_are_warned_of() => Verify.ReportsAsync(
        """
        public interface INote { string Remark { get; } }

        [Neon]
        public sealed partial class Order([{|DDB061:Column("number")|}] long id) : INote
        {
            [Key] public long Id { get; } = id;
            [NotMapped, {|DDB061:Column("note")|}] public string Note { get; set; } = "";
            [{|DDB061:Unique|}] internal string Secret { get; set; } = "";
            [{|DDB061:Index|}] public string Shout => Note.ToUpperInvariant();
            [{|DDB061:Index|}] public static int Count { get; set; }
            [{|DDB061:Column|}] public char this[int place] => Note[place];
            [{|DDB061:Column|}] string INote.Remark => Note;
        }
        """,
        "[Column] on 'Order.id' has no effect: only the parameters of a positional record become columns. Put it on the property.",
        "[Column] on 'Order.Note' has no effect: it is also marked [NotMapped]. Remove one of the two annotations.",
        "[Unique] on 'Order.Secret' has no effect: it cannot be read publicly, so it is not mapped. Add [Column] to map it all the same, or remove the annotation.",
        "[Index] on 'Order.Shout' has no effect: it is computed, not stored. Remove the annotation, or give it a set or init accessor.",
        "[Index] on 'Order.Count' has no effect: it is static, not part of a row. Remove the annotation.",
        "[Column] on 'Order.this[]' has no effect: it is an indexer, not a column. Remove the annotation.",
        "[Column] on 'Order.INote.Remark' has no effect: it implements an interface explicitly. Put it on a property of the class.");

    [Fact]
    public Task A_member_with_a_fault_of_its_own_is_not_warned_of_as_well() => Verify.ReportsAsync(
        """
        [Neon]
        public sealed partial class Order
        {
            [Key] public long Id { get; set; }
            [Column("note"), Unique] public string {|DDB024:Note|} { set { } }
        }
        """,
        "'Order.Note' cannot be written to a row: it has no getter that 'Order' can call. Add one, or mark it with [NotMapped].");

    [Fact]
    public Task Annotations_of_entity_framework_are_warned_of() => Verify.ReportsAsync(
        """
        using Schema = System.ComponentModel.DataAnnotations.Schema;

        [Neon]
        public sealed partial class Order
        {
            [DualDb.Key, {|DDB062:System.ComponentModel.DataAnnotations.Key|}] public long Id { get; set; }
            [{|DDB062:Schema.Column("remark")|}] public string Note { get; set; } = "";
            [{|DDB062:Schema.NotMapped|}] public string Other { get; set; } = "";
        }
        """,
        "[Key] on 'Order.Id' has no effect on the table: it is 'System.ComponentModel.DataAnnotations.KeyAttribute'. Use 'DualDb.KeyAttribute' instead, or remove it.",
        "[Column] on 'Order.Note' has no effect on the table: it is 'System.ComponentModel.DataAnnotations.Schema.ColumnAttribute'. Use 'DualDb.ColumnAttribute' instead, or remove it.",
        "[NotMapped] on 'Order.Other' has no effect on the table: it is 'System.ComponentModel.DataAnnotations.Schema.NotMappedAttribute'. Use 'DualDb.NotMappedAttribute' instead, or remove it.");

    [Fact]
    public Task A_record_that_shows_what_is_sensitive_is_warned_of() => Verify.ReportsAsync(
        """
        [{|DDB063:Sensitive|}] public sealed record Whole(string Number);
        public sealed record Closed([{|DDB063:Sensitive|}] string Number);
        public static class Outer { public sealed partial record Inner([{|DDB063:Sensitive|}] string Number); }
        public sealed partial record Of<T>([{|DDB063:Sensitive|}] T Value);
        public sealed partial record Open([Sensitive] string Number);
        public sealed record Own([Sensitive] string Number) { public override string ToString() => "an own one"; }
        public sealed class NoRecord { [Sensitive] public string Number { get; set; } = ""; }
        """,
        "The ToString of 'Whole' shows what is marked [Sensitive], to logs too: nothing can be added to a type that is not partial all the way out. Mark it partial, or write its PrintMembers yourself.",
        "The ToString of 'Closed' shows what is marked [Sensitive], to logs too: nothing can be added to a type that is not partial all the way out. Mark it partial, or write its PrintMembers yourself.",
        "The ToString of 'Inner' shows what is marked [Sensitive], to logs too: nothing can be added to a type that is not partial all the way out. Mark it partial, or write its PrintMembers yourself.",
        "The ToString of 'Of' shows what is marked [Sensitive], to logs too: nothing can be added to a generic type. Write its PrintMembers yourself.");

    [Fact]
    public Task A_sensitive_parameter_of_a_method_is_warned_of() => Verify.ReportsAsync(
        "public sealed class Sender { public void Send([{|DDB061:Sensitive|}] string number) { } }",
        "[Sensitive] on 'Sender.Send(number)' has no effect: only the parameters of a positional record are members. Put it on a member of the type that is passed.");
}
