namespace DualDb.Generators.Model;

/// <summary>The little of an entity that its joins depend on.</summary>
/// <param name="Type">The entity.</param>
/// <param name="References">What it refers to, in declared order.</param>
internal sealed record ReferringSpec(TypeSpec Type, EquatableArray<ReferringMemberSpec> References);

/// <summary>A member that holds a key.</summary>
/// <param name="Member">The member's name.</param>
/// <param name="Value">The expression of its value, of a parameter called <c>row</c>.</param>
/// <param name="KeyType">The type of the key with <c>global::</c>.</param>
/// <param name="IsNullable">Whether it may hold none.</param>
/// <param name="IsValueType">Whether the key's type is a value type.</param>
/// <param name="Target">The entity that it refers to with <c>global::</c>.</param>
/// <param name="TargetName">The name of that entity.</param>
internal sealed record ReferringMemberSpec(
    string Member, string Value, string KeyType, bool IsNullable, bool IsValueType, string Target, string TargetName)
{
    /// <summary>Whether nobody but the application is shown its values.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>The joins of one entity: all that their file depends on.</summary>
/// <param name="Type">The entity.</param>
/// <param name="Set">Its set.</param>
/// <param name="Joins">One per reference to an entity that can be read.</param>
internal sealed record JoinsSpec(TypeSpec Type, SetSpec Set, EquatableArray<JoinSpec> Joins);

/// <summary>One join, seen from both ends.</summary>
/// <param name="Reference">The member.</param>
/// <param name="Target">The set of the entity that it refers to.</param>
/// <param name="IsOnlyOne">Whether no other member refers to the same entity.</param>
internal sealed record JoinSpec(ReferringMemberSpec Reference, SetSpec Target, bool IsOnlyOne);
