using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Monitoring.Alerts.Sinks;

/// <summary>Writes alerts into the log of the application.</summary>
internal sealed partial class LogSink(ILogger logger) : IAlertSink
{
    public Task SendAsync(Alert alert, CancellationToken cancellationToken)
    {
        if (alert.IsResolved)
        {
            Resolved(logger, alert.Rule, alert.Subject, alert.Words);
        }
        else if (alert.Severity == AlertSeverity.Page)
        {
            Paged(logger, alert.Rule, alert.Subject, alert.Words, alert.Since);
        }
        else
        {
            Warned(logger, alert.Rule, alert.Subject, alert.Words, alert.Since);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 10, Level = LogLevel.Critical, Message = "Alert {Rule} {Subject}: {Words} Since {Since:u}.")]
    private static partial void Paged(ILogger logger, string rule, string subject, string words, DateTimeOffset since);

    [LoggerMessage(EventId = 11, Level = LogLevel.Warning, Message = "Alert {Rule} {Subject}: {Words} Since {Since:u}.")]
    private static partial void Warned(ILogger logger, string rule, string subject, string words, DateTimeOffset since);

    [LoggerMessage(EventId = 12, Level = LogLevel.Information, Message = "Alert {Rule} {Subject} is over. It was: {Words}")]
    private static partial void Resolved(ILogger logger, string rule, string subject, string words);
}
