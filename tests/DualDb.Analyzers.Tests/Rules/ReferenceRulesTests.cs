using DualDb.Analyzers.Tests.Harness;

namespace DualDb.Analyzers.Tests.Rules;

public sealed class ReferenceRulesTests
{
    [Fact]
    public Task A_reference_to_a_type_that_is_no_entity_is_refused() => Verify.ReportsAsync(
        """
        public sealed record Profile(Guid Id);
        [Neon] public sealed partial record Order([Key] long Id, [{|DDB100:References<Profile>|}] Guid UserId);
        """,
        "'Order.UserId' cannot refer to 'Profile': that type is no entity. Mark 'Profile' with [Neon] or [Supabase], or name the right type in [References<T>].");

    [Fact]
    public Task A_reference_of_another_type_than_the_key_is_refused() => Verify.ReportsAsync(
        """
        [Supabase] public sealed partial record Profile([Key] Guid Id);
        [Neon] public sealed partial record Order([Key] long Id, [{|DDB101:References<Profile>|}] long? UserId);
        """,
        "'Order.UserId' cannot hold a key of 'Profile': it is of type 'long?', and the key of type 'Guid'. Give it the key's type, or refer to the right entity.");

    [Fact]
    public Task A_reference_to_a_composite_key_is_refused() => Verify.ReportsAsync(
        """
        [Neon] public sealed partial record Line([Key] long OrderId, [Key] int Number);
        [Neon] public sealed partial record Note([Key] long Id, [{|DDB102:References<Line>|}] long LineId);
        """,
        "'Note.LineId' cannot refer to 'Line': the key of 'Line' has several parts, and one column holds one value. Give 'Line' a key of one part, or remove [References].");

    [Fact]
    public Task References_of_either_database_nullable_and_to_oneself_are_fine() => Verify.IsSilentAsync(
        """
        [Supabase] public sealed partial record Profile([Key] Guid Id, [References<Profile>] Guid? InvitedBy);
        [Neon] public sealed partial record Order([Key] long Id, [References<Profile>] Guid UserId, [References<Order>] long? PreviousId);
        """);

    [Fact]
    public Task The_key_of_a_target_may_be_inherited() => Verify.IsSilentAsync(
        """
        public abstract class Row { [Key] public long Id { get; set; } }
        [Neon] public sealed partial class Order : Row;
        [Neon] public sealed partial class Line : Row { [References<Order>] public long OrderId { get; set; } }
        """);
}
