namespace DualDb.Consistency.Monitoring;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Somebody should look at it during the day.</summary>
    Warning = 0,

    /// <summary>Somebody should be woken for it.</summary>
    Page,
}

/// <summary>When something is told, and how urgently.</summary>
/// <param name="id">Its name, which stays: <c>database-down</c>.</param>
/// <param name="description">What it tells of.</param>
/// <param name="severity">How urgent it is at first.</param>
/// <param name="holdsFor">For how long it has to be so at first.</param>
public sealed class AlertRule(string id, string description, AlertSeverity severity, TimeSpan holdsFor)
{
    /// <summary>Its name, which stays: <c>database-down</c>.</summary>
    public string Id { get; } = id;

    /// <summary>What it tells of.</summary>
    public string Description { get; } = description;

    /// <summary>How urgent it is.</summary>
    public AlertSeverity Severity { get; set; } = severity;

    /// <summary>For how long it has to be so before anybody is told.</summary>
    public TimeSpan For { get; set; } = holdsFor;

    /// <summary>Whether anybody is told at all.</summary>
    public bool IsEnabled { get; set; } = true;
}
