using System.Globalization;
using DualDb.Consistency.Events;
using DualDb.Consistency.Events.Dispatching;
using DualDb.Consistency.Monitoring.Measuring;

namespace DualDb.Consistency.Monitoring.Alerts.Sources;

/// <summary>What is the matter with the outboxes that this node dispatches.</summary>
/// <param name="dispatcher">What dispatches here.</param>
/// <param name="options">How long an event may wait.</param>
internal sealed class OutboxSignals(EventDispatcher dispatcher, AlertOptions options) : IAlertSource
{
    public IEnumerable<AlertSignal> Signals() => dispatcher.States.Where(static state => state is { IsKnown: true, Failure: null }).SelectMany(SignalsOf);

    private IEnumerable<AlertSignal> SignalsOf(OutboxState state)
    {
        var subject = FigureNames.Of(state.Database);
        if (state.Dead > 0)
        {
            yield return new AlertSignal(AlertRules.DeadLetters, subject, string.Create(CultureInfo.InvariantCulture, $"{state.Dead} deliveries of events in {state.Database} were given up. See DeadLetters, or the dashboard."));
        }

        if (state.OldestAge > options.MaxEventAge)
        {
            yield return new AlertSignal(AlertRules.EventsWait, subject, string.Create(CultureInfo.InvariantCulture, $"The oldest event in {state.Database} has waited for {state.OldestAge.TotalSeconds:0} s."));
        }

        if (state is { IsListenerLost: true, IsAsleep: false })
        {
            yield return new AlertSignal(AlertRules.ListenerDown, subject, $"Notifications from {state.Database} do not arrive: events of other processes are found by polling alone.");
        }
    }
}
