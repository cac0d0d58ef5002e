namespace DualDb.Consistency.Monitoring;

/// <summary>The times over which figures are told; each ends now.</summary>
public enum KpiWindow
{
    /// <summary>The last minute, in pieces of 5 seconds.</summary>
    Minute = 0,

    /// <summary>The last hour, in pieces of a minute.</summary>
    Hour,

    /// <summary>The last 24 hours, in pieces of 15 minutes.</summary>
    Day,

    /// <summary>The last 30 days, in pieces of 6 hours.</summary>
    Month,
}
