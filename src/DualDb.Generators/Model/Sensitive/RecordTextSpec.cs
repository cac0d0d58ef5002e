namespace DualDb.Generators.Model;

/// <summary>A record whose text masks what is sensitive.</summary>
/// <param name="Type">The record.</param>
/// <param name="Signature">How <c>PrintMembers</c> is declared, without its name.</param>
/// <param name="CallsBase">Whether the record that it derives from prints members too.</param>
/// <param name="Members">What is printed, in the order of declaration.</param>
internal sealed record RecordTextSpec(TypeSpec Type, string Signature, bool CallsBase, EquatableArray<PrintedMemberSpec> Members);

/// <summary>A member as a record's text shows it.</summary>
/// <param name="Name">The member, without <c>@</c>.</param>
/// <param name="IsMasked">Whether its value is not shown.</param>
internal sealed record PrintedMemberSpec(string Name, bool IsMasked);
