using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators;

/// <summary>The steps from the project to the facts that the files of sagas are written from.</summary>
internal static class SagaPipeline
{
    public static IncrementalValuesProvider<SagaSpec> Sagas(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                SagaNames.SagaMetadataName,
                static (node, _) => node is ClassDeclarationSyntax or RecordDeclarationSyntax,
                static (target, token) => SagaParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token))
            .Combine(project)
            .Where(static pair => pair is { Left: not null, Right: { Level: EmissionLevel.Full, KnowsEvents: true } })
            .Select(static (pair, _) => pair.Left!)
            .WithTrackingName(TrackingNames.Saga);

    // Shrunk before they are collected: an edit of a step ends here, and the root is left alone.
    public static IncrementalValueProvider<EquatableArray<SagaEntrySpec>> Entries(IncrementalValuesProvider<SagaSpec> sagas)
        => sagas.Select(static (saga, _) => saga.Entry).Collect()
            .Select(static (entries, _) => Facts.Concat<SagaEntrySpec>(entries))
            .WithTrackingName(TrackingNames.Sagas);

    public static IncrementalValuesProvider<RootSagasSpec> Roots(IncrementalValuesProvider<RootFilesSpec> roots, IncrementalValueProvider<EquatableArray<SagaEntrySpec>> sagas)
        => roots.Combine(sagas)
            .Select(static (pair, _) => SagaPlan.Of(pair.Left, pair.Right))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.RootSagas);
}
