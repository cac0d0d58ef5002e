using DualDb.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace DualDb.AspNetCore.Health.Looking;

/// <summary>What leaves a check: no worse than it may make this node, and without secrets, whatever a server or a driver has said.</summary>
/// <param name="inner">The check.</param>
/// <param name="worst">The worst that it may say.</param>
/// <param name="redaction">Knows the secrets.</param>
/// <param name="unexpected">What is told where it fails as nobody has foreseen.</param>
internal sealed class Presentation(IHealthCheck inner, HealthStatus worst, Redaction redaction, UnexpectedFailures unexpected) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var result = await AskAsync(context, cancellationToken).ConfigureAwait(false);
        return new HealthCheckResult(
            result.Status < worst ? worst : result.Status,
            result.Description is { } words ? redaction.Clean(words) : null,
            IsClean(result.Exception) ? result.Exception : null,
            result.Data.ToDictionary(static one => one.Key, one => one.Value is string text ? redaction.Clean(text) : one.Value, StringComparer.Ordinal));
    }

    private async Task<HealthCheckResult> AskAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await inner.CheckHealthAsync(context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            return unexpected.Tell(failure);
        }
    }

    // It goes to the log, and to whatever writer an application has: an exception cannot be cleaned, only kept back.
    private bool IsClean(Exception? exception)
    {
        if (exception is null)
        {
            return true;
        }

        var text = exception.ToString();
        return string.Equals(redaction.Clean(text), text, StringComparison.Ordinal);
    }
}
