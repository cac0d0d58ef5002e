using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB1xx: references between entities.</summary>
internal static class ReferenceRules
{
    public static readonly DiagnosticDescriptor ReferenceToNonEntity = Error(
        "DDB100",
        "A reference needs an entity",
        "'{0}.{1}' cannot refer to '{2}': that type is no entity. Mark '{2}' with [Neon] or [Supabase], or name the right type in [References<T>].");

    public static readonly DiagnosticDescriptor ReferenceToOtherKeyType = Error(
        "DDB101",
        "A reference has the type of the key it holds",
        "'{0}.{1}' cannot hold a key of '{3}': it is of type '{2}', and the key of type '{4}'. Give it the key's type, or refer to the right entity.");

    public static readonly DiagnosticDescriptor ReferenceToCompositeKey = Error(
        "DDB102",
        "A reference cannot hold a composite key",
        "'{0}.{1}' cannot refer to '{2}': the key of '{2}' has several parts, and one column holds one value. Give '{2}' a key of one part, or remove [References].");
}
