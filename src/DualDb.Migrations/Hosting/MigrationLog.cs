using Microsoft.Extensions.Logging;

namespace DualDb.Migrations.Hosting;

/// <summary>What is told of the migrations of a host.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(1, LogLevel.Warning, "A schema was changed without a migration, in {Database}: {Subject}: {What}.")]
    private static partial void Drift(ILogger logger, Database database, string subject, string what);

    /// <summary>Runs migrations, and tells what was changed without one, also where the run fails: the next one does not tell it again.</summary>
    public static async Task MigrateAsync(MigrationRunner runner, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            Tell(logger, (await runner.MigrateAsync(cancellationToken).ConfigureAwait(false)).Drift);
        }
        catch (Exception exception) when (exception.GetMigrationDrift() is { Count: > 0 } found)
        {
            Tell(logger, found);
            throw;
        }
    }

    private static void Tell(ILogger logger, IReadOnlyList<DriftDifference> found)
    {
        foreach (var one in found)
        {
            Drift(logger, one.Database, one.Subject, one.Message);
        }
    }
}
