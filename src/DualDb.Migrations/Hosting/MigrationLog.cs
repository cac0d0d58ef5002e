using Microsoft.Extensions.Logging;

namespace DualDb.Migrations.Hosting;

/// <summary>What is told of migrations at the start of a host.</summary>
internal static partial class MigrationLog
{
    [LoggerMessage(1, LogLevel.Warning, "A schema was changed without a migration, in {Database}: {Subject}: {What}.")]
    public static partial void Drift(ILogger logger, Database database, string subject, string what);
}
