namespace DualDb.Generators;

/// <summary>The steps whose caching the tests observe.</summary>
internal static class TrackingNames
{
    public const string Project = nameof(Project);
    public const string ParsedEntity = nameof(ParsedEntity);
    public const string Entity = nameof(Entity);
    public const string EntityFile = nameof(EntityFile);
    public const string View = nameof(View);
    public const string ViewFile = nameof(ViewFile);
    public const string Projection = nameof(Projection);
    public const string Joins = nameof(Joins);
    public const string Set = nameof(Set);
    public const string Sets = nameof(Sets);
    public const string RootFiles = nameof(RootFiles);
    public const string Event = nameof(Event);
    public const string Handler = nameof(Handler);
    public const string Events = nameof(Events);
    public const string RootEvents = nameof(RootEvents);
    public const string Saga = nameof(Saga);
    public const string Sagas = nameof(Sagas);
    public const string RootSagas = nameof(RootSagas);
    public const string SyncMap = nameof(SyncMap);
    public const string SyncMaps = nameof(SyncMaps);
    public const string RootSync = nameof(RootSync);
    public const string SyncReads = nameof(SyncReads);
    public const string SchemaTable = nameof(SchemaTable);
    public const string RootSchema = nameof(RootSchema);
    public const string RecordText = nameof(RecordText);
}
