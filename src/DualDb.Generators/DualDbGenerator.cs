using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using DualDb.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace DualDb.Generators;

/// <summary>
/// Writes the data access of annotated models: per entity a file with its map, columns and repository; per view one with its
/// reader; per event one with its codec; per saga one with its definition; per project the root, its events, sagas and synchronisation, their registration, and the schema as data; per record with something sensitive what it prints of itself. Everything is parsed into plain facts inside the transforms, so that an edit reruns only what it concerns.
/// Problems are the analyzer's to report.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class DualDbGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var project = Pipeline.Project(context);
        var neon = Pipeline.Entities(context, project, Annotations.NeonMetadataName, DatabaseKind.Neon);
        var supabase = Pipeline.Entities(context, project, Annotations.SupabaseMetadataName, DatabaseKind.Supabase);
        var views = Pipeline.Views(context, project);
        var sets = Pipeline.Sets(context, neon, supabase, views);
        var neonJoins = Pipeline.Joins(neon, sets);
        var supabaseJoins = Pipeline.Joins(supabase, sets);
        var domainEvents = EventPipeline.Events(context, project);
        var events = EventPipeline.Project(domainEvents, EventPipeline.Handlers(context, project), project, sets);
        var sagas = SagaPipeline.Sagas(context, project);
        var sagaEntries = SagaPipeline.Entries(sagas);
        var maps = SyncPipeline.Maps(context, project, sets);
        var roots = Pipeline.Roots(context, project, sets, EventPipeline.Has(events, sagaEntries, maps));
        var projections = Pipeline.Projections(context, project);
        var collisions = Pipeline.Collisions(neon, supabase, views, projections, domainEvents, sagas, roots);

        context.RegisterSourceOutput(Pipeline.Files(neon, collisions), Output.AddEntity);
        context.RegisterSourceOutput(Pipeline.Files(supabase, collisions), Output.AddEntity);
        context.RegisterSourceOutput(Pipeline.Files(views, collisions), Output.AddView);
        context.RegisterSourceOutput(projections.Combine(collisions), Output.AddProjection);
        context.RegisterSourceOutput(neonJoins.Combine(collisions), Output.AddJoins);
        context.RegisterSourceOutput(supabaseJoins.Combine(collisions), Output.AddJoins);
        context.RegisterSourceOutput(roots.Combine(collisions), Output.AddRoot);
        context.RegisterSourceOutput(domainEvents.Combine(collisions), Output.AddEvent);
        context.RegisterSourceOutput(EventPipeline.Roots(roots, events, sagaEntries).Combine(collisions), Output.AddRootEvents);
        context.RegisterSourceOutput(sagas.Combine(collisions), Output.AddSaga);
        context.RegisterSourceOutput(SagaPipeline.Roots(roots, sagaEntries).Combine(collisions), Output.AddRootSagas);
        context.RegisterSourceOutput(SyncPipeline.Roots(roots, maps, SyncPipeline.References(neonJoins, supabaseJoins)).Combine(collisions), Output.AddRootSync);
        context.RegisterSourceOutput(SchemaPipeline.Roots(roots, SchemaPipeline.Tables(neon, supabase), maps, sets).Combine(collisions), Output.AddRootSchema);
        context.RegisterSourceOutput(SyncPipeline.Reads(maps, sets).Combine(collisions), Output.AddSyncReads);
        context.RegisterSourceOutput(SensitivePipeline.Files(SensitivePipeline.Records(context, project)), Output.AddRecordText);
    }
}
