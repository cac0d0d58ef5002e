using DualDb.Rest;
using Polly;
using Polly.Retry;

namespace DualDb.Connections;

/// <summary>
/// The retries after a failed first attempt. The first execution of a pipeline is the first retry and follows at once; the pauses lie
/// between it and the later ones.
/// </summary>
internal sealed class RetryPipelines(DatabaseOptions options, TimeProvider timeProvider)
{
    /// <summary>Retries opening a connection.</summary>
    public ResiliencePipeline Opens { get; } = Build(options, timeProvider, TransientErrors.MayRetryOpen);

    /// <summary>Retries a statement that only reads.</summary>
    public ResiliencePipeline Reads { get; } = Build(options, timeProvider, TransientErrors.MayRetryRead);

    /// <summary>Retries a statement that writes, where nothing of it can have been applied.</summary>
    public ResiliencePipeline Writes { get; } = Build(options, timeProvider, TransientErrors.MayRetryWrite);

    private static ResiliencePipeline Build(DatabaseOptions options, TimeProvider timeProvider, Predicate<Exception> mayRetry)
    {
        if (options.MaxRetries <= 1)
        {
            return ResiliencePipeline.Empty;
        }

        var retry = new RetryStrategyOptions
        {
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } exception && mayRetry(exception)),
            MaxRetryAttempts = options.MaxRetries - 1,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.MaxRetryDelay,
            DelayGenerator = arguments => ValueTask.FromResult(RestUnavailable.PauseAfter(arguments.Outcome.Exception, options)),
        };
        return new ResiliencePipelineBuilder { TimeProvider = timeProvider }.AddRetry(retry).Build();
    }
}
