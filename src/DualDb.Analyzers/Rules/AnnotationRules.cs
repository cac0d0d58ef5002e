using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using static DualDb.Analyzers.Rules.RuleFactory;

namespace DualDb.Analyzers.Rules;

/// <summary>DDB06x: annotations that are written and do nothing. Code is generated all the same, so these are warnings. One does less than it looks like.</summary>
internal static class AnnotationRules
{
    /// <summary>Annotation; bearer; type; what would give it an effect.</summary>
    public static readonly DiagnosticDescriptor OutsideEntity = Warning(
        "DDB060",
        "An annotation outside an entity has no effect",
        "[{0}] on '{1}' has no effect: '{2}' is no entity, nor the base of one. {3}.",
        atEnd: true);

    /// <summary>Annotation; bearer; why; what would give it an effect.</summary>
    public static readonly DiagnosticDescriptor OnUnmappedMember = Warning(
        "DDB061",
        "An annotation on a member that is not mapped has no effect",
        "[{0}] on '{1}' has no effect: {2}. {3}.");

    /// <summary>Annotation; bearer; the attribute's full name.</summary>
    public static readonly DiagnosticDescriptor OfAnotherLibrary = Warning(
        "DDB062",
        "An annotation of another library has no effect",
        "[{0}] on '{1}' has no effect on the table: it is '{2}'. Use 'DualDb.{0}Attribute' instead, or remove it.");

    /// <summary>Type; why nothing can be added to it; what to do.</summary>
    public static readonly DiagnosticDescriptor SensitiveShown = Warning(
        "DDB063",
        "A record with something sensitive does not show it",
        "The ToString of '{0}' shows what is marked [Sensitive], to logs too: {1}. {2}.");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = [OutsideEntity, OnUnmappedMember, OfAnotherLibrary, SensitiveShown];
}
