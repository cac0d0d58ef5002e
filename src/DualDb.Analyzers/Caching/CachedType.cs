using DualDb.Analyzers.Reporting;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers.Caching;

/// <summary>A type with <c>[CachedFor]</c>, and where what is wrong with that is reported: at the attribute.</summary>
internal sealed class CachedType(SymbolAnalysisContext context, INamedTypeSymbol type, AttributeData attribute)
{
    public INamedTypeSymbol Type { get; } = type;

    public AttributeData Attribute { get; } = attribute;

    /// <summary>A context that reports nothing: what is wrong with the model itself is another analyzer's to say.</summary>
    public ParseContext Parsing(INamedTypeSymbol type) => new(type, context.Compilation, sink: null, context.CancellationToken);

    /// <summary>Reports; the type's name is put before the arguments.</summary>
    public void Report(DiagnosticDescriptor rule, params object[] arguments)
        => context.ReportDiagnostic(Diagnostic.Create(
            rule,
            Locations.OfAttribute(Attribute, context.Compilation) ?? Locations.OfSymbol(Type, context.Compilation, context.CancellationToken) ?? Location.None,
            [Type.Name, .. arguments]));
}
