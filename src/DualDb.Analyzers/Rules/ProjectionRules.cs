using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB30x: types that a query selects.</summary>
internal static class ProjectionRules
{
    public static readonly DiagnosticDescriptor ProjectionShape = Error(
        "DDB300",
        "A projection must be a type that a row can become",
        "Nothing can be generated for the projection '{0}': {1}. {2}.");

    public static readonly DiagnosticDescriptor ProjectionOfNonEntity = Error(
        "DDB301",
        "A projection needs an entity",
        "'{0}' cannot be a projection of '{1}': that type is no entity. Mark '{1}' with [Neon] or [Supabase], or name the right type in [Projection<T>].");

    public static readonly DiagnosticDescriptor ProjectionMemberUnknown = Error(
        "DDB302",
        "A member of a projection has the name of a column's member",
        "'{0}.{1}' cannot be read: '{2}' has no mapped member of that name. Give it the name of one, or mark it with [NotMapped] where it may stay unset.");

    public static readonly DiagnosticDescriptor ProjectionMemberType = Error(
        "DDB303",
        "A member of a projection must be able to hold its column",
        "'{0}.{1}' cannot be read: it is of type '{2}', which cannot hold every value of '{3}', of type '{4}'. Give it that type.");
}
