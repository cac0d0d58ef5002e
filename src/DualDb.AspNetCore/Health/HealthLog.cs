using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Health;

internal static partial class HealthLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "The health check {Check} failed unexpectedly: {Failure}")]
    public static partial void CheckFailed(ILogger logger, string check, string failure);
}
