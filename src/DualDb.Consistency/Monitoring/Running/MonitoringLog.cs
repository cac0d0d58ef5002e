using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Running;

internal static partial class MonitoringLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Figures could not be kept in {Home}; they stay in memory, and it is tried again.")]
    public static partial void NotKept(ILogger logger, Database home, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Figures are kept in {Home} again.")]
    public static partial void KeptAgain(ILogger logger, Database home);
}
