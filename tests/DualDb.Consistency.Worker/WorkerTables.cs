namespace DualDb.Consistency.Worker;

/// <summary>What the workers share.</summary>
public static class WorkerTables
{
    /// <summary>Creates the tables of the models, of events, of sagas and of the synchronisation.</summary>
    public static async Task CreateAsync(WorkerAddress address)
    {
        await using var db = WorkerDb.Create(address.ApplyTo);
        await db.CreateTablesAsync();
        await db.Events.InstallAsync();
        await db.Sagas.InstallAsync();
        await db.Sync.InstallAsync();
    }
}
