using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB05x: the root.</summary>
internal static class RootRules
{
    public static readonly DiagnosticDescriptor TwoRoots = Error(
        "DDB050",
        "A project has one root",
        "'{0}' cannot be a second root: the project already has '{1}', with the same repositories. Keep [DualDatabase] on one class.",
        atEnd: true);

    public static readonly DiagnosticDescriptor RootNotPartial = Error(
        "DDB051",
        "A root must be partial",
        "No root can be generated for '{0}': it is not partial, so nothing can be added to it. Add the partial modifier.");

    public static readonly DiagnosticDescriptor RootShape = Error(
        "DDB052",
        "A root must be an ordinary class",
        "No root can be generated for '{0}': it is {1}. Declare it as a plain partial class directly in a namespace.");

    public static readonly DiagnosticDescriptor RootMemberTaken = Error(
        "DDB053",
        "The name of a repository is taken on the root",
        "The root '{0}' can have no property '{1}' for '{2}': the name is taken by {3}. Rename that, or choose another set with Set = \"…\" in the annotation of '{2}'.",
        atEnd: true);

    public static readonly DiagnosticDescriptor RootConstructor = Error(
        "DDB054",
        "A root can be constructed without arguments of its own",
        "No root can be generated for '{0}': the generated constructor cannot serve its primary constructor, or a base class that takes arguments. Remove it, and keep further members in the class itself.");

    public static readonly DiagnosticDescriptor RootMemberReserved = Error(
        "DDB055",
        "A root declares what its generated part declares",
        "No root can be generated for '{0}': it declares '{1}', and so would its generated part. Rename yours, or leave it to the generated one.");
}
