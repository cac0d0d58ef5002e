using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Annotated;

/// <summary>What is marked sensitive, and shown all the same.</summary>
internal static class SensitiveAnnotations
{
    private const string Attribute = "SensitiveAttribute";

    public static void Check(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        CheckParameters(context, type);
        if (type.IsRecord && !RecordTextParser.PrintsItself(type) && !RecordTextParser.CanBeExtended(type) && FirstMark(type) is { } mark)
        {
            var (why, advice) = type.IsGenericType
                ? ("nothing can be added to a generic type", "Write its PrintMembers yourself")
                : ("nothing can be added to a type that is not partial all the way out", "Mark it partial, or write its PrintMembers yourself");
            context.ReportDiagnostic(Diagnostic.Create(AnnotationRules.SensitiveShown, Locations.OfAttribute(mark, context.Compilation), type.Name, why, advice));
        }
    }

    private static AttributeData? FirstMark(INamedTypeSymbol type)
    {
        if (Annotations.Find(type, Attribute) is { } whole)
        {
            return whole;
        }

        foreach (var bearer in Annotation.Bearers(type))
        {
            if (Annotations.Find(bearer, Attribute) is { } mark)
            {
                return mark;
            }
        }

        return null;
    }

    // Of a method it says nothing to anybody: what is stored are the members of what it is given.
    private static void CheckParameters(SymbolAnalysisContext context, INamedTypeSymbol type)
    {
        foreach (var member in type.GetMembers())
        {
            if (member is not IMethodSymbol method)
            {
                continue;
            }

            foreach (var parameter in method.Parameters)
            {
                if (RecordTextParser.RecordOf(parameter) is null && Annotations.Find(parameter, Attribute) is { } mark)
                {
                    context.ReportDiagnostic(Diagnostic.Create(
                        AnnotationRules.OnUnmappedMember,
                        Locations.OfAttribute(mark, context.Compilation),
                        "Sensitive",
                        $"{type.Name}.{method.Name}({parameter.Name})",
                        "only the parameters of a positional record are members",
                        "Put it on a member of the type that is passed"));
                }
            }
        }
    }
}
