using System.Text;
using DualDb.Generators.Emission;
using DualDb.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DualDb.Generators;

/// <summary>Hands the written files to the compiler.</summary>
internal static class Output
{
    public static void AddEntity(SourceProductionContext context, (EntitySpec Entity, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Entity.Type, file.Collisions), EntityEmitter.Emit(file.Entity));

    public static void AddView(SourceProductionContext context, (ViewSpec View, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.View.Type, file.Collisions), ViewEmitter.Emit(file.View));

    public static void AddProjection(SourceProductionContext context, (ProjectionSpec Projection, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Projection.Type, file.Collisions, HintNames.Projection), ProjectionEmitter.Emit(file.Projection));

    public static void AddJoins(SourceProductionContext context, (JoinsSpec Joins, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Joins.Type, file.Collisions, HintNames.Joins), JoinsEmitter.Emit(file.Joins));

    public static void AddRoot(SourceProductionContext context, (RootFilesSpec Files, EquatableArray<string> Collisions) file)
    {
        var (root, sets) = (file.Files.Root, file.Files.Sets);
        Add(context, HintNames.Of(root.Type, file.Collisions, HintNames.Root), RootEmitter.Emit(root, sets));
        if (file.Files.Registration is { } registration)
        {
            Add(context, HintNames.Of(root.Type, file.Collisions, HintNames.Registration), RegistrationEmitter.Emit(root, sets, registration));
        }
    }

    public static void AddEvent(SourceProductionContext context, (EventSpec Event, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Event.Type, file.Collisions, HintNames.Event), EventEmitter.Emit(file.Event));

    public static void AddRootEvents(SourceProductionContext context, (RootEventsSpec Events, EquatableArray<string> Collisions) file)
    {
        Add(context, HintNames.Of(file.Events.Type, file.Collisions, HintNames.Events), RootEventsEmitter.Emit(file.Events));
        if (file.Events.Registration is not null)
        {
            Add(context, HintNames.Of(file.Events.Type, file.Collisions, HintNames.EventRegistration), EventRegistrationEmitter.Emit(file.Events));
        }
    }

    public static void AddSaga(SourceProductionContext context, (SagaSpec Saga, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Saga.Type, file.Collisions, HintNames.Saga), SagaEmitter.Emit(file.Saga));

    public static void AddRootSagas(SourceProductionContext context, (RootSagasSpec Sagas, EquatableArray<string> Collisions) file)
    {
        Add(context, HintNames.Of(file.Sagas.Type, file.Collisions, HintNames.Sagas), RootSagasEmitter.Emit(file.Sagas));
        if (file.Sagas.Registration is not null)
        {
            Add(context, HintNames.Of(file.Sagas.Type, file.Collisions, HintNames.SagaRegistration), SagaRegistrationEmitter.Emit(file.Sagas));
        }
    }

    public static void AddRootSync(SourceProductionContext context, (RootSyncSpec Sync, EquatableArray<string> Collisions) file)
    {
        Add(context, HintNames.Of(file.Sync.Type, file.Collisions, HintNames.Sync), RootSyncEmitter.Emit(file.Sync));
        if (file.Sync.Registration is not null)
        {
            Add(context, HintNames.Of(file.Sync.Type, file.Collisions, HintNames.SyncRegistration), SyncRegistrationEmitter.Emit(file.Sync));
        }
    }

    public static void AddSyncReads(SourceProductionContext context, (SyncReadsSpec Reads, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Reads.Read.Type, file.Collisions, HintNames.Reads), SyncReadsEmitter.Emit(file.Reads));

    public static void AddRootSchema(SourceProductionContext context, (RootSchemaSpec Schema, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Schema.Type, file.Collisions, HintNames.Schema), SchemaEmitter.Emit(file.Schema));

    public static void AddRecordText(SourceProductionContext context, (RecordTextSpec Record, EquatableArray<string> Collisions) file)
        => Add(context, HintNames.Of(file.Record.Type, file.Collisions, HintNames.Text), RecordTextEmitter.Emit(file.Record));

    private static void Add(SourceProductionContext context, string hintName, string text)
        => context.AddSource(hintName, SourceText.From(text, Encoding.UTF8));
}
