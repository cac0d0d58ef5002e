namespace DualDb.Consistency.Sync;

/// <summary>Is told of alerts: <c>services.AddSingleton&lt;ISyncAlertHandler, PagerAlerts&gt;()</c>.</summary>
public interface ISyncAlertHandler
{
    /// <summary>Handles an alert. What it throws is logged, and keeps nobody else from being told; after half a minute it is left alone.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="cancellationToken">Is cancelled after half a minute, and when the host stops.</param>
    Task HandleAsync(SyncAlert alert, CancellationToken cancellationToken);
}
