using System.Diagnostics;
using DualDb;

namespace Storefront.Tour;

/// <summary>Counts the retries that the SDK reports in its traces: an event on the activity of the call.</summary>
internal sealed class RetryCounter : IDisposable
{
    private readonly ActivityListener _listener;
    private int _retries;

    private RetryCounter() => _listener = new ActivityListener
    {
        ShouldListenTo = static source => string.Equals(source.Name, DualDbTelemetry.SourceName, StringComparison.Ordinal),
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = activity => Interlocked.Add(ref _retries, activity.Events.Count(entry => entry.Name is "retry")),
    };

    public static RetryCounter Start()
    {
        var counter = new RetryCounter();
        ActivitySource.AddActivityListener(counter._listener);
        return counter;
    }

    /// <summary>How many there were since the last time this was asked.</summary>
    public int Take() => Interlocked.Exchange(ref _retries, 0);

    public void Dispose() => _listener.Dispose();
}
