using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sync.Running;

internal static partial class SyncLog
{
    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "Changes of {Source} could not be carried to {Target}; it is tried again.")]
    public static partial void TurnFailed(ILogger logger, Database source, Database target, Exception exception);

    [LoggerMessage(EventId = 2, Level = LogLevel.Critical, Message = "Changes of {Source} are no longer carried to {Target}: {Reason}")]
    public static partial void Stopped(ILogger logger, Database source, Database target, string reason);

    [LoggerMessage(EventId = 7, Level = LogLevel.Warning, Message = "This node does not carry changes of {Source} to {Target}: {Reason}")]
    public static partial void LeftToOthers(ILogger logger, Database source, Database target, string reason);

    [LoggerMessage(EventId = 5, Level = LogLevel.Error, Message = "{Count} rows differ between the databases, in {Maps}. See db.Sync.VerifyAsync() and RepairAsync.")]
    public static partial void Differs(ILogger logger, int count, string maps);

    [LoggerMessage(EventId = 7, Level = LogLevel.Error, Message = "{Count} values that {Reference} refers to are not there. See db.Sync.VerifyAsync().")]
    public static partial void Orphans(ILogger logger, int count, string reference);

    [LoggerMessage(EventId = 8, Level = LogLevel.Error, Message = "A handler of the alert {Kind} failed.")]
    public static partial void AlertFailed(ILogger logger, SyncAlertKind kind, Exception exception);

    [LoggerMessage(EventId = 6, Level = LogLevel.Warning, Message = "The databases could not be compared; it is tried again at the next interval.")]
    public static partial void VerificationFailed(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 9, Level = LogLevel.Warning, Message = "What a comparison found could not be kept, and is told here alone.")]
    public static partial void NotKept(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 3, Level = LogLevel.Critical, Message = "The synchronisation gave up.")]
    public static partial void GaveUp(ILogger logger, Exception exception);

    [LoggerMessage(EventId = 4, Level = LogLevel.Error, Message = "{Count} changes of {Source} were put aside, since {Target} refuses them or what stands before them.")]
    public static partial void Parked(ILogger logger, int count, Database source, Database target);
}
