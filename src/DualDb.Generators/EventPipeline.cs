using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DualDb.Generators;

/// <summary>The steps from the project to the facts that the files of events are written from.</summary>
internal static class EventPipeline
{
    public static IncrementalValuesProvider<EventSpec> Events(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.ForAttributeWithMetadataName(
                EventNames.EventMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, token) => EventParser.Parse((INamedTypeSymbol)target.TargetSymbol, target.SemanticModel.Compilation, sink: null, token))
            .Combine(project)
            .Where(static pair => pair is { Left: not null, Right: { Level: EmissionLevel.Full, KnowsEvents: true } })
            .Select(static (pair, _) => pair.Left!)
            .WithTrackingName(TrackingNames.Event);

    // No attribute marks a handler, so every class with a base list is looked at: by its interfaces first, which costs little.
    public static IncrementalValuesProvider<HandlerSpec> Handlers(IncrementalGeneratorInitializationContext context, IncrementalValueProvider<ProjectSpec> project)
        => context.SyntaxProvider.CreateSyntaxProvider(
                static (node, _) => node is ClassDeclarationSyntax { BaseList: not null } or RecordDeclarationSyntax { BaseList: not null },
                static (target, token) => target.SemanticModel.GetDeclaredSymbol(target.Node, token) is INamedTypeSymbol type && HandlerParser.IsLeading(target.Node, type, token)
                    ? HandlerParser.Parse(type, target.SemanticModel.Compilation, sink: null, token)
                    : null)
            .Combine(project)
            .Where(static pair => pair is { Left: not null, Right: { Level: EmissionLevel.Full, KnowsEvents: true } })
            .Select(static (pair, _) => pair.Left!)
            .WithTrackingName(TrackingNames.Handler);

    // Shrunk before they are collected: an edit of an event's member ends here, and the registry is left alone.
    public static IncrementalValueProvider<ProjectEventsSpec> Project(
        IncrementalValuesProvider<EventSpec> events, IncrementalValuesProvider<HandlerSpec> handlers, IncrementalValueProvider<ProjectSpec> project, IncrementalValueProvider<SetsSpec> sets)
        => events.Select(static (spec, _) => new EventEntrySpec(spec.Type.FullName, spec.IsUpgradable)).Collect()
            .Combine(handlers.Collect())
            .Combine(sets.Combine(project).Select(static (pair, _) => pair.Right is { Level: EmissionLevel.Full, KnowsEvents: true } ? pair.Left.References.Events : EquatableArray<EventEntrySpec>.Empty))
            .Select(static (all, _) => EventPlan.Of(Facts.Concat<EventEntrySpec>(all.Right, all.Left.Left), all.Left.Right))
            .WithTrackingName(TrackingNames.Events);

    /// <summary>The properties that a root gets for what the project has.</summary>
    public static IncrementalValueProvider<RootExtrasSpec> Has(
        IncrementalValueProvider<ProjectEventsSpec> events, IncrementalValueProvider<EquatableArray<SagaEntrySpec>> sagas, IncrementalValueProvider<EquatableArray<SyncMapSpec>> maps)
        => events.Combine(sagas).Combine(maps)
            .Select(static (all, _) => new RootExtrasSpec(all.Left.Left.Any || EventPlan.WaitForAny(all.Left.Right), all.Left.Right.Count > 0, all.Right.Count > 0));

    public static IncrementalValuesProvider<RootEventsSpec> Roots(
        IncrementalValuesProvider<RootFilesSpec> roots, IncrementalValueProvider<ProjectEventsSpec> events, IncrementalValueProvider<EquatableArray<SagaEntrySpec>> sagas)
        => roots.Combine(events.Combine(sagas))
            .Select(static (pair, _) => EventPlan.Of(pair.Left, pair.Right.Left, pair.Right.Right))
            .Where(static spec => spec is not null)
            .Select(static (spec, _) => spec!)
            .WithTrackingName(TrackingNames.RootEvents);
}
