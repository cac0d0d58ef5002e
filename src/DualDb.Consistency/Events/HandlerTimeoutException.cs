using System.Globalization;

namespace DualDb.Consistency.Events;

/// <summary>A handler did not return in its time. What it wrote is rolled back, and the event is tried again.</summary>
/// <param name="handler">The handler's name.</param>
/// <param name="published">The event.</param>
/// <param name="timeout">The time it had.</param>
public sealed class HandlerTimeoutException(string handler, PublishedEvent published, TimeSpan timeout)
    : DualDbException(string.Create(
        CultureInfo.InvariantCulture,
        $"The handler {handler} did not return within {timeout.TotalSeconds:0.###} s for the event {published?.Id} ('{published?.Name}'). Let it pass its CancellationToken on, or give it more time: [EventHandler(TimeoutSeconds = …)]."));
