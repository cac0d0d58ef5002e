namespace DualDb.Consistency.Monitoring;

/// <summary>How an alert stands, or stood.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Subject">What of several things it is about; empty for one.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="Words">What was last said of it.</param>
/// <param name="Since">Since when it has been so.</param>
/// <param name="FiredAt">When it had lasted for as long as its rule says.</param>
/// <param name="ToldAt">When it was last told; null where it was silenced all the time.</param>
/// <param name="Told">How often it was told.</param>
/// <param name="ResolvedAt">When it was over; null while it lasts.</param>
public sealed record AlertState(
    string Rule, string Subject, AlertSeverity Severity, string Words, DateTimeOffset Since, DateTimeOffset FiredAt, DateTimeOffset? ToldAt, int Told, DateTimeOffset? ResolvedAt);

/// <summary>A time in which alerts are not told, for maintenance. What still is so when it ends is told then.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Rule">The rule that is silenced; null for all.</param>
/// <param name="Until">When it ends.</param>
/// <param name="Who">Who asked for it.</param>
/// <param name="Reason">Why.</param>
public sealed record AlertSilence(long Id, string? Rule, DateTimeOffset Until, string Who, string Reason);
