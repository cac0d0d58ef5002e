using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Dashboard;

internal static partial class DashboardLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "The part {Part} of the dashboard could not be read; it is tried again.")]
    public static partial void PartFailed(ILogger logger, string part, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Error, Message = "A request of the dashboard failed: {Path}.")]
    public static partial void RequestFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The action {Action} on {Target} failed.")]
    public static partial void ActionFailed(ILogger logger, string action, string target, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "What came of the action {Action} on {Target} could not be written to the audit; its beginning is there.")]
    public static partial void OutcomeNotAudited(ILogger logger, string action, string target, Exception exception);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "{Count} refused actions of {Actor} could not be written to the audit.")]
    public static partial void RefusalsNotAudited(ILogger logger, long count, string actor, Exception exception);

    [LoggerMessage(EventId = 5, Level = LogLevel.Information, Message = "A viewer of {Page} does not read what is sent to it, and was dropped.")]
    public static partial void ViewerDropped(ILogger logger, string page);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "The dashboard has no policy: in development it answers requests of this machine alone, which may all act.")]
    public static partial void LoopbackOnly(ILogger logger);
}
