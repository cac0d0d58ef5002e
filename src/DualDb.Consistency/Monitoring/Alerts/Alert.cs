namespace DualDb.Consistency.Monitoring;

/// <summary>An alert, as it is told.</summary>
/// <param name="Application">The application whose databases it is about.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">What of several things it is about; empty for one.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Words">What is the matter.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="At">When this was told.</param>
/// <param name="IsResolved">Whether it is over.</param>
/// <param name="Repetition">How often it was told before; 0 the first time.</param>
public sealed record Alert(
    string Application, string Rule, string Subject, AlertSeverity Severity, string Words, DateTimeOffset Since, DateTimeOffset At, bool IsResolved, int Repetition);

/// <summary>Is told of alerts, by one node of the application. Register it in the container: <c>services.AddSingleton&lt;IAlertSink, Pager&gt;()</c>.</summary>
public interface IAlertSink
{
    /// <summary>Takes an alert. Sinks do not wait for each other; one that fails or hangs for minutes has lost that alert.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Cancelled when the application ends, or it takes too long.</param>
    Task SendAsync(Alert alert, CancellationToken cancellationToken);
}
