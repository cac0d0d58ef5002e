namespace DualDb.Consistency.Sagas;

/// <summary>
/// Makes a step one that waits for an event: the method returns the <see cref="Events.EventKey"/> that the event was published with, and the event is the step's result. The first event
/// of that key counts that has arrived since the saga began and that no earlier step has taken.
/// </summary>
/// <typeparam name="TEvent">The event.</typeparam>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WaitForAttribute<TEvent> : Attribute
{
    /// <summary>How long to wait in seconds until the step has failed; 0, as at first, for ever.</summary>
    public double TimeoutSeconds { get; set; }
}

/// <summary>Makes a step one that waits for time: the method returns a <see cref="TimeSpan"/>, which is measured by the clock of the home database and outlives crashes.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DelayAttribute : Attribute;
