using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB11x and DDB12x: unified views.</summary>
internal static class ViewRules
{
    public static readonly DiagnosticDescriptor ViewWithoutRoot = Error(
        "DDB110",
        "A view needs a root",
        "No reader can be generated for '{0}': none of its members is an entity or a view that is neither nullable nor a list, so that no key finds it. Declare such a member.");

    public static readonly DiagnosticDescriptor ViewMemberType = Error(
        "DDB111",
        "A member of a view is read, computed or optional",
        "No '{0}' can be made: '{0}.{1}' needs a value, and its type '{2}' is neither an entity, a view nor a list of them. Compute it from other members, or make it optional.");

    public static readonly DiagnosticDescriptor ViewPathMissing = Error(
        "DDB112",
        "A member of a view needs a path",
        "'{0}.{1}' cannot be read: no reference leads between '{2}' and the entities of the other members ({3}). Mark the property that holds the key with [References<T>], or add the entity in between as a member.");

    public static readonly DiagnosticDescriptor ViewPathAmbiguous = Error(
        "DDB113",
        "A member of a view has one path",
        "'{0}.{1}' cannot be read: several references lead to it, {2}. Name one with [Via(nameof(…))], and the member it starts from with From = nameof(…) where that differs.");

    public static readonly DiagnosticDescriptor ViewPathCardinality = Error(
        "DDB114",
        "A path leads to as many rows as the member holds",
        "'{0}.{1}' cannot be read: {2} leads to {3}. {4}.");

    public static readonly DiagnosticDescriptor ViaUnknown = Error(
        "DDB115",
        "[Via] names a reference that leads to the member",
        "'{0}.{1}' cannot be read: no reference called '{2}' leads to it as [Via] says, only {3}. Name one of these.");

    public static readonly DiagnosticDescriptor ViewContainsItself = Error(
        "DDB116",
        "A view cannot contain itself",
        "'{0}.{1}' cannot be read: '{2}' contains itself, so that reading it would never end. Hold the entity instead, or a view without that member.");

    public static readonly DiagnosticDescriptor ViewAnnotationRefused = Error(
        "DDB117",
        "An annotation suits the member of a view",
        "[{2}] cannot apply to '{0}.{1}': {3}. {4}.");

    public static readonly DiagnosticDescriptor OrderByUnknown = Error(
        "DDB118",
        "A list is ordered by columns of its entity",
        "'{0}.{1}' cannot be ordered by '{3}': '{2}' has no such column, or it holds many values. Name a mapped property of '{2}'.");

    public static readonly DiagnosticDescriptor ViewConstructor = Error(
        "DDB119",
        "A view needs a constructor that its members can be passed to",
        "No '{0}' can be made: no accessible constructor takes only its members, each parameter named and typed like one, and leaves the others to be set. Declare a positional record, or members with an init accessor.");

    public static readonly DiagnosticDescriptor ViewMemberReserved = Error(
        "DDB120",
        "A view declares what its generated part declares",
        "Nothing can be generated for '{0}': it declares '{1}', and so would its generated part, which tells of failures. Rename yours, or remove [OnFailure(FailedMember.Null)].");

    public static readonly DiagnosticDescriptor ViewIsMore = Error(
        "DDB121",
        "A view is neither an entity nor a root",
        "No reader can be generated for '{0}': it is {1} as well. Keep one of the two annotations, and declare a second type for the other.");
}
