using System.Collections.Generic;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Annotated;

/// <summary>Annotations on an entity's own members that do nothing.</summary>
internal static class EntityAnnotations
{
    private static readonly string[] ForeignNames = ["KeyAttribute", "ColumnAttribute", "NotMappedAttribute"];

    public static void Check(SymbolAnalysisContext context, INamedTypeSymbol entity)
    {
        var known = KnownMembers(context, entity);
        foreach (var annotation in Annotation.In(entity))
        {
            var isIgnored = !known.Contains(annotation.Bearer.Name) || (annotation.Bearer is IParameterSymbol && !entity.IsRecord);
            if (isIgnored && !annotation.Is("NotMappedAttribute"))
            {
                var (why, advice) = Explain(annotation);
                Report(context, AnnotationRules.OnUnmappedMember, annotation.Attribute, annotation.Name, Annotation.Display(entity, annotation.Bearer), why, advice);
            }
        }

        foreach (var bearer in Annotation.Bearers(entity))
        {
            CheckForeign(context, entity, bearer);
        }
    }

    // The members that are mapped, and those whose fault is reported with more to say.
    private static HashSet<string> KnownMembers(SymbolAnalysisContext context, INamedTypeSymbol entity)
    {
        var known = new HashSet<string>(System.StringComparer.Ordinal);
        var parsing = new ParseContext(entity, context.Compilation, problem => known.Add(problem.Symbol.Name), context.CancellationToken);
        foreach (var member in MemberCollector.Collect(parsing))
        {
            known.Add(member.Name);
        }

        return known;
    }

    private static (string Why, string Advice) Explain(Annotation annotation) => annotation.Bearer switch
    {
        IParameterSymbol => ("only the parameters of a positional record become columns", "Put it on the property"),
        IPropertySymbol { IsIndexer: true } => ("it is an indexer, not a column", "Remove the annotation"),
        IPropertySymbol { IsStatic: true } => ("it is static, not part of a row", "Remove the annotation"),
        IPropertySymbol { ExplicitInterfaceImplementations.IsEmpty: false } => ("it implements an interface explicitly", "Put it on a property of the class"),
        IPropertySymbol property when MemberAnnotations.Of(property).NotMapped is not null => ("it is also marked [NotMapped]", "Remove one of the two annotations"),
        IPropertySymbol { DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
            => ("it is computed, not stored", "Remove the annotation, or give it a set or init accessor"),
        _ => ("it cannot be read publicly, so it is not mapped", "Add [Column] to map it all the same, or remove the annotation"),
    };

    // The names of Entity Framework's annotations are the same, and a wrong `using` compiles.
    private static void CheckForeign(SymbolAnalysisContext context, INamedTypeSymbol entity, ISymbol bearer)
    {
        foreach (var attribute in bearer.GetAttributes())
        {
            if (attribute.AttributeClass is { } attributeClass
                && System.Array.IndexOf(ForeignNames, attributeClass.Name) >= 0
                && (TypeNames.Is(attributeClass, "System.ComponentModel.DataAnnotations", attributeClass.Name)
                    || TypeNames.Is(attributeClass, "System.ComponentModel.DataAnnotations.Schema", attributeClass.Name)))
            {
                Report(
                    context,
                    AnnotationRules.OfAnotherLibrary,
                    attribute,
                    Annotation.NameOf(attribute),
                    Annotation.Display(entity, bearer),
                    attributeClass.ToDisplayString());
            }
        }
    }

    private static void Report(SymbolAnalysisContext context, DiagnosticDescriptor rule, AttributeData attribute, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(rule, Locations.OfAttribute(attribute, context.Compilation), arguments));
}
