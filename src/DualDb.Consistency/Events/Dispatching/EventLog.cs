using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Events.Dispatching;

/// <summary>What the dispatcher logs. Never a payload.</summary>
internal static partial class EventLog
{
    [LoggerMessage(1, LogLevel.Warning, "The outbox in {Database} could not be looked at; events wait there.")]
    public static partial void LookFailed(ILogger logger, Database database, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "The connection that listens for events in {Database} was lost; polling goes on.")]
    public static partial void ListenerLost(ILogger logger, Database database, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "The handler {Handler} failed on the event {EventId} ('{EventName}'), attempt {Attempt}.")]
    public static partial void AttemptFailed(ILogger logger, string handler, Guid eventId, string eventName, int attempt, Exception? exception);

    [LoggerMessage(4, LogLevel.Error, "The event {EventId} ('{EventName}') is parked for {Handler} after {Attempt} attempts; what follows of its key waits. See DeadLetters.")]
    public static partial void Parked(ILogger logger, string handler, Guid eventId, string eventName, int attempt, Exception? exception);

    [LoggerMessage(5, LogLevel.Warning, "{Doing} in {Database} failed; it is tried again in a minute.")]
    public static partial void CareFailed(ILogger logger, string doing, Database database, Exception exception);

    [LoggerMessage(7, LogLevel.Error, "What was handled could not be written back to the outbox in {Database}; it is tried again.")]
    public static partial void WriteFailed(ILogger logger, Database database, Exception exception);

    [LoggerMessage(6, LogLevel.Critical, "Events of {Database} are not dispatched.")]
    public static partial void CannotDispatch(ILogger logger, Database database, Exception exception);
}
