using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators;

/// <summary>The steps from the project to the facts that the files of the synchronisation are written from.</summary>
internal static class SyncPipeline
{
    // A map is made of two entities, so that what is collected is small: an edit of anything that no map copies ends here.
    public static IncrementalValueProvider<EquatableArray<SyncMapSpec>> Maps(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project, IncrementalValueProvider<SetsSpec> sets)
    {
        var copies = context.SyntaxProvider.ForAttributeWithMetadataName(
            SyncNames.SyncMetadataName,
            static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
            static (target, token) => SyncParser.ParseCopy((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token));
        var maps = context.SyntaxProvider.ForAttributeWithMetadataName(
            SyncNames.MapMetadataName,
            static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
            static (target, token) => SyncParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token));
        return Known(copies, project).Collect()
            .Combine(Known(maps, project).Collect())
            .Combine(sets.Combine(project).Select(static (pair, _) => IsKnown(pair.Right) ? pair.Left.References.Maps : EquatableArray<SyncMapSpec>.Empty))
            .Select(static (all, _) => Facts.Concat<SyncMapSpec>(all.Left.Left, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.SyncMaps);
    }

    public static IncrementalValueProvider<EquatableArray<SyncReferenceSpec>> References(IncrementalValuesProvider<JoinsSpec> neon, IncrementalValuesProvider<JoinsSpec> supabase)
        => neon.Collect().Combine(supabase.Collect()).Select(static (both, _) => SyncReferences.Of(both.Left, both.Right));

    public static IncrementalValuesProvider<RootSyncSpec> Roots(
        IncrementalValuesProvider<RootFilesSpec> roots, IncrementalValueProvider<EquatableArray<SyncMapSpec>> maps, IncrementalValueProvider<EquatableArray<SyncReferenceSpec>> references)
        => roots.Combine(maps).Combine(references)
            .Select(static (all, _) => SyncPlan.Of(all.Left.Left, all.Left.Right, all.Right))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.RootSync);

    public static IncrementalValuesProvider<SyncReadsSpec> Reads(IncrementalValueProvider<EquatableArray<SyncMapSpec>> maps, IncrementalValueProvider<SetsSpec> sets)
        => maps.Combine(sets)
            .SelectMany(static (pair, _) => SyncReadPlan.Of(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.SyncReads);

    private static IncrementalValuesProvider<SyncMapSpec> Known(IncrementalValuesProvider<SyncMapSpec?> maps, IncrementalValueProvider<ProjectSpec> project)
        => maps.Combine(project)
            .Where(static pair => pair.Left is not null && IsKnown(pair.Right))
            .Select(static (pair, _) => pair.Left!)
            .WithTrackingName(TrackingNames.SyncMap);

    private static bool IsKnown(ProjectSpec project) => project is { Level: EmissionLevel.Full, KnowsEvents: true };
}
