using DualDb.Diagnostics;
using DualDb.Errors;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace DualDb.AspNetCore.Health.Looking;

/// <summary>What is told of a check that fails as nobody has foreseen. The framework would tell the words of the exception to whoever asks, and those may hold anything: they go to the log, without secrets.</summary>
/// <param name="check">The check.</param>
/// <param name="redaction">Knows the secrets.</param>
/// <param name="logger">The log.</param>
internal sealed class UnexpectedFailures(string check, Redaction redaction, ILogger logger)
{
    /// <summary>Logs it.</summary>
    /// <returns>That it failed.</returns>
    public HealthCheckResult Tell(Exception failure)
    {
        HealthLog.CheckFailed(logger, check, redaction.Clean(ServerWords.Loggable(failure).ToString()));
        return HealthCheckResult.Unhealthy($"It could not be looked at: {failure.GetType().Name}. The log of the application says why.");
    }
}
