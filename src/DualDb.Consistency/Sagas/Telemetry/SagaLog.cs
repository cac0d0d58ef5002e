using Microsoft.Extensions.Logging;

namespace DualDb.Consistency.Sagas.Telemetry;

/// <summary>What sagas write to the log.</summary>
internal static partial class SagaLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Saga} '{Id}': attempt {Attempt} at {Method} failed.")]
    public static partial void AttemptFailed(ILogger logger, Exception exception, string saga, string id, string method, int attempt);

    [LoggerMessage(2, LogLevel.Warning, "{Saga} '{Id}' failed at its step {Step} and is compensated: {Error}")]
    public static partial void TurnedAround(ILogger logger, string saga, string id, string step, string error);

    [LoggerMessage(3, LogLevel.Error, "{Saga} '{Id}' has come to a stop as {State} and waits for an operator: {Error}")]
    public static partial void Stopped(ILogger logger, string saga, string id, SagaState state, string error);

    [LoggerMessage(4, LogLevel.Error, "{Saga} '{Id}' could not be run. It is tried again.")]
    public static partial void RunFailed(ILogger logger, Exception exception, string saga, string id);

    [LoggerMessage(5, LogLevel.Warning, "{Saga} '{Id}' was taken over from a node that was lost.")]
    public static partial void TakenOver(ILogger logger, string saga, string id);

    [LoggerMessage(6, LogLevel.Warning, "The journal of sagas in {Database} cannot be reached: {Reason} It is tried again.")]
    public static partial void JournalLost(ILogger logger, Database database, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Saga} '{Id}' does not fit the definition of this node and is left to others: {Reason}")]
    public static partial void Left(ILogger logger, string saga, string id, string reason);
}
