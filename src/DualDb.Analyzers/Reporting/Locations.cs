using System.Threading;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Analyzers.Reporting;

/// <summary>Where a diagnostic is shown: as narrow as possible, and always in a file of the project that is analysed.</summary>
internal static class Locations
{
    /// <summary>The attribute at fault, else the name of the symbol at fault, else the name of the type that is being read.</summary>
    public static Location Of(Problem problem, INamedTypeSymbol? type, Compilation compilation, CancellationToken cancellationToken)
        => OfAttribute(problem.Attribute, compilation)
            ?? OfSymbol(problem.Symbol, compilation, cancellationToken)
            ?? (type is null ? null : OfSymbol(type, compilation, cancellationToken))
            ?? Location.None;

    /// <summary>An attribute as it is written; null where it comes from another project.</summary>
    public static Location? OfAttribute(AttributeData? attribute, Compilation compilation)
        => attribute?.ApplicationSyntaxReference is { } reference && compilation.ContainsSyntaxTree(reference.SyntaxTree)
            ? Location.Create(reference.SyntaxTree, reference.Span)
            : null;

    /// <summary>The name of a symbol in its declaration; null where it is declared in another project.</summary>
    public static Location? OfSymbol(ISymbol symbol, Compilation compilation, CancellationToken cancellationToken)
    {
        if (symbol is INamedTypeSymbol type && OfAnnotatedPart(type, compilation, cancellationToken) is { } part)
        {
            return part;
        }

        foreach (var location in symbol.Locations)
        {
            // In an editor the symbols of another project have locations too, in files that this compilation does not know.
            if (location.IsInSource && compilation.ContainsSyntaxTree(location.SourceTree))
            {
                return location;
            }
        }

        return null;
    }

    // Of the parts of a partial type, the one that makes it an entity, an event or a root.
    private static Location? OfAnnotatedPart(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
        => (EntityHeader.Of(type)?.Attribute ?? Annotations.Find(type, "UnifiedViewAttribute") ?? Annotations.Find(type, "DualDatabaseAttribute") ?? EventNames.Find(type, "DomainEventAttribute")) is { ApplicationSyntaxReference: { } reference }
            && compilation.ContainsSyntaxTree(reference.SyntaxTree)
            && reference.GetSyntax(cancellationToken).Parent?.Parent is BaseTypeDeclarationSyntax { Identifier: { Span.IsEmpty: false } identifier }
                ? identifier.GetLocation()
                : null;
}
