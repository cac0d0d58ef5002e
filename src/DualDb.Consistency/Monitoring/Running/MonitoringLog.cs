using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Running;

internal static partial class MonitoringLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Figures could not be kept in {Home}; they stay in memory, and it is tried again.")]
    public static partial void NotKept(ILogger logger, Database home, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "Figures are kept in {Home} again.")]
    public static partial void KeptAgain(ILogger logger, Database home);

    [LoggerMessage(EventId = 3, Level = LogLevel.Error, Message = "The alert {Rule} {Subject} could not be given to {Sink}.")]
    public static partial void AlertLost(ILogger logger, string rule, string subject, string sink, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Warning, Message = "Alerts could not be shared with other nodes through {Home}; another database serves meanwhile, or each node tells for itself.")]
    public static partial void NotShared(ILogger logger, Database home, Exception exception);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "The alert source {Source} failed.")]
    public static partial void SourceFailed(ILogger logger, string source, Exception exception);

    [LoggerMessage(EventId = 6, Level = LogLevel.Debug, Message = "Old entries of the operators' audit in {Home} could not be removed.")]
    public static partial void AuditNotPurged(ILogger logger, Database home, Exception exception);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "A part of the monitoring failed; it begins again in 10 seconds.")]
    public static partial void Failed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 8, Level = LogLevel.Error, Message = "Alerts could not be evaluated; it is tried again each second.")]
    public static partial void NotEvaluated(ILogger logger, Exception exception);
}
