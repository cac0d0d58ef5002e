using System.Collections.Concurrent;
using System.Threading;
using DualDb.Analyzers.Reporting;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Annotated;

/// <summary>
/// Annotations on the members of types that are no entities. They count only where an entity derives from the type, which is known
/// when every type has been seen.
/// </summary>
internal sealed class OutsideAnnotations
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, bool> _bases = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentBag<(INamedTypeSymbol Type, Annotation Annotation)> _candidates = [];

    public void AddEntity(INamedTypeSymbol entity)
    {
        for (var type = entity.BaseType; type is not null; type = type.BaseType)
        {
            _bases.TryAdd(type.OriginalDefinition, true);
        }
    }

    public void AddCandidate(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        // Entities of other projects may derive from an abstract class.
        if (type is { TypeKind: TypeKind.Class, IsAbstract: true, IsStatic: false })
        {
            return;
        }

        foreach (var annotation in Annotation.In(type))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsForOwnSql(type, annotation) && !IsForProjection(type, annotation))
            {
                _candidates.Add((type, annotation));
            }
        }
    }

    public void Report(CompilationAnalysisContext context)
    {
        foreach (var (type, annotation) in _candidates)
        {
            if (!_bases.ContainsKey(type.OriginalDefinition))
            {
                context.ReportDiagnostic(Diagnostic.Create(
                    AnnotationRules.OutsideEntity,
                    Locations.OfAttribute(annotation.Attribute, context.Compilation),
                    annotation.Name,
                    Annotation.Display(type, annotation.Bearer),
                    type.Name,
                    Advice(type)));
            }
        }
    }

    // QueryAsync<T> fills the rows of SQL of one's own by it.
    private static bool IsForOwnSql(INamedTypeSymbol type, Annotation annotation)
        => annotation is { Bearer: IPropertySymbol } && annotation.Is("ColumnAttribute") && type.TypeKind != TypeKind.Interface;

    // A member of a projection that takes no column.
    private static bool IsForProjection(INamedTypeSymbol type, Annotation annotation)
        => annotation.Is("NotMappedAttribute") && Annotations.Find(type, "ProjectionAttribute") is not null;

    private static string Advice(INamedTypeSymbol type)
        => type is { TypeKind: TypeKind.Class, IsStatic: false }
            ? "Mark '" + type.Name + "' with [Neon] or [Supabase], or remove the annotation"
            : "Only a class or record can be an entity: remove the annotation";
}
