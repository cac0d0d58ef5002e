using System.Collections.Immutable;
using DualDb.Analyzers.Caching;
using DualDb.Analyzers.Rules;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DualDb.Analyzers;

/// <summary>Says where <c>[CachedFor]</c> cannot do what it says, or does what surprises.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CachingAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc />
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => CachingRules.All;

    /// <inheritdoc />
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
    }

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (Annotations.Find(type, CacheParser.AttributeName) is not { } attribute)
        {
            return;
        }

        var cached = new CachedType(context, type, attribute);
        if (EntityHeader.Of(type) is null && !ViewMembers.IsView(type))
        {
            cached.Report(CachingRules.NothingToCache);
            return;
        }

        CachedTimes.Check(cached);
        CachedLevels.Check(cached);
        CachedSharing.Check(cached);
        CachedKeys.Check(cached);
    }
}
