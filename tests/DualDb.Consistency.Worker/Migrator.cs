using DualDb.Migrations;

namespace DualDb.Consistency.Worker;

/// <summary>A process that migrates, for tests that end it in the middle.</summary>
internal static class Migrator
{
    /// <summary>Applies the migrations of a folder.</summary>
    public static async Task RunAsync(WorkerAddress address, string folder, TimeSpan lease)
    {
        await using var db = WorkerDb.Create(address.ApplyTo);
        await db.Migrations(DualDbMigrations.FromFolder(folder), options => options.Lease = lease).MigrateAsync();
    }
}
