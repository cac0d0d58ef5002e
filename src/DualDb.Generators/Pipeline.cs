using System.Collections.Immutable;
using System.Threading;
using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators;

/// <summary>The steps from the project to the facts that files are written from. Each compares by value, so that equal facts end the rerun.</summary>
internal static class Pipeline
{
    public static IncrementalValueProvider<ProjectSpec> Project(IncrementalGeneratorInitializationContext context)
        => context.CompilationProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ProjectParser.Parse(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.Project);

    public static IncrementalValuesProvider<EntitySpec> Entities(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project, string attribute, DatabaseKind database)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                (target, token) => ParseEntity(target, database, token))
            .Combine(project)
            .Where(static pair => pair is { Left.Level: not EmissionLevel.Nothing, Right.Level: not EmissionLevel.Nothing })
            .Select(static (pair, _) => pair.Left!.Level <= pair.Right.Level ? pair.Left : pair.Left with { Level = pair.Right.Level })
            .WithTrackingName(TrackingNames.Entity);

    public static IncrementalValuesProvider<ViewSpec> Views(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                Annotations.ViewMetadataName,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (target, token) => ViewParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token))
            .Combine(project)
            .Where(static pair => pair is { Left.Level: not EmissionLevel.Nothing, Right.Level: not EmissionLevel.Nothing })
            .Select(static (pair, _) => pair.Left.Level <= pair.Right.Level ? pair.Left : pair.Left with { Level = pair.Right.Level })
            .WithTrackingName(TrackingNames.View);

    public static IncrementalValuesProvider<ProjectionSpec> Projections(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                Annotations.ProjectionMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, token) => ProjectionParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token))
            .Combine(project)
            .Where(static pair => pair is { Left: not null, Right.Level: EmissionLevel.Full })
            .Select(static (pair, _) => pair.Left!)
            .WithTrackingName(TrackingNames.Projection);

    // Shrunk before they are collected: an edit of a column ends here, and the root is left alone.
    public static IncrementalValueProvider<SetsSpec> Sets(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<EntitySpec> neon,
        IncrementalValuesProvider<EntitySpec> supabase,
        IncrementalValuesProvider<ViewSpec> views)
        => neon.Select(static (entity, _) => SetParser.Of(entity)).WithTrackingName(TrackingNames.Set).Collect()
            .Combine(supabase.Select(static (entity, _) => SetParser.Of(entity)).WithTrackingName(TrackingNames.Set).Collect())
            .Combine(views.Select(static (view, _) => SetParser.Of(view)).WithTrackingName(TrackingNames.Set).Collect())
            .Combine(context.CompilationProvider.Select(static (compilation, token) => SetParser.OfReferences(compilation, token)))
            .Select(static (all, _) => new SetsSpec(Facts.Concat(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right), all.Right))
            .WithTrackingName(TrackingNames.Sets);

    // From the sets, so that nothing is joined with an entity that cannot be read.
    public static IncrementalValuesProvider<JoinsSpec> Joins(IncrementalValuesProvider<EntitySpec> entities, IncrementalValueProvider<SetsSpec> sets)
        => entities.Select(static (entity, _) => JoinPlan.Of(entity))
            .Combine(sets)
            .Select(static (pair, _) => pair.Left is null ? null : JoinPlan.Resolve(pair.Left, pair.Right))
            .Where(static joins => joins is not null)
            .Select(static (joins, _) => joins!)
            .WithTrackingName(TrackingNames.Joins);

    public static IncrementalValuesProvider<RootFilesSpec> Roots(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<ProjectSpec> project,
        IncrementalValueProvider<SetsSpec> sets,
        IncrementalValueProvider<RootExtrasSpec> extras)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                Annotations.RootMetadataName,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (target, _) => RootParser.Parse((INamedTypeSymbol)target.TargetSymbol, sink: null))
            .Collect()
            .Combine(sets)
            .Combine(project)
            .Combine(extras)
            .SelectMany(static (all, _) => RootPlan.Of(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right, all.Right))
            .WithTrackingName(TrackingNames.RootFiles);

    public static IncrementalValueProvider<EquatableArray<string>> Collisions(
        IncrementalValuesProvider<EntitySpec> neon,
        IncrementalValuesProvider<EntitySpec> supabase,
        IncrementalValuesProvider<ViewSpec> views,
        IncrementalValuesProvider<ProjectionSpec> projections,
        IncrementalValuesProvider<EventSpec> events,
        IncrementalValuesProvider<SagaSpec> sagas,
        IncrementalValuesProvider<RootFilesSpec> roots)
        => neon.Select(static (entity, _) => HintNames.Base(entity.Type)).Collect()
            .Combine(supabase.Select(static (entity, _) => HintNames.Base(entity.Type)).Collect())
            .Combine(views.Select(static (view, _) => HintNames.Base(view.Type)).Collect())
            .Combine(projections.Select(static (projection, _) => HintNames.Base(projection.Type)).Collect())
            .Combine(events.Select(static (spec, _) => HintNames.Base(spec.Type)).Collect())
            .Combine(sagas.Select(static (spec, _) => HintNames.Base(spec.Type)).Collect())
            .Combine(roots.Select(static (root, _) => HintNames.Base(root.Root.Type)).Collect())
            .Select(static (all, _) => HintNames.Collisions(
                all.Left.Left.Left.Left.Left.Left, all.Left.Left.Left.Left.Left.Right, all.Left.Left.Left.Left.Right, all.Left.Left.Left.Right, all.Left.Left.Right, all.Left.Right, all.Right));

    public static IncrementalValuesProvider<(EntitySpec Entity, EquatableArray<string> Collisions)> Files(
        IncrementalValuesProvider<EntitySpec> entities, IncrementalValueProvider<EquatableArray<string>> collisions)
        => entities.Combine(collisions).WithTrackingName(TrackingNames.EntityFile);

    public static IncrementalValuesProvider<(ViewSpec View, EquatableArray<string> Collisions)> Files(
        IncrementalValuesProvider<ViewSpec> views, IncrementalValueProvider<EquatableArray<string>> collisions)
        => views.Combine(collisions).WithTrackingName(TrackingNames.ViewFile);

    // A type that claims both databases is met twice, and counts as Neon's.
    private static EntitySpec? ParseEntity(GeneratorAttributeSyntaxContext target, DatabaseKind database, CancellationToken cancellationToken)
    {
        var entity = EntityParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, cancellationToken);
        return entity?.Database == database ? entity : null;
    }
}
