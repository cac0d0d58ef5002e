using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB05x: the root.</summary>
internal static class RootRules
{
    public static readonly DiagnosticDescriptor TwoRoots = Error(
        "DDB050",
        "A project has one root",
        "No root can be generated for '{0}': the project already has the root '{1}'. Keep [DualDatabase] on one class.",
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
        "A root has no primary constructor and no base class of its own",
        "No root can be generated for '{0}': it has a primary constructor or a base class, which the generated constructor cannot serve. Remove it, and keep further members in the class itself.");
}
