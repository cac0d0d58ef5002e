namespace DualDb.Consistency.Sync.Running;

/// <summary>Why a direction looks at its log again.</summary>
internal enum WakeCause
{
    /// <summary>This process has written or carried something.</summary>
    Signal = 0,

    /// <summary>Something has arrived through the connection that is kept open for it.</summary>
    Notify,

    /// <summary>The time was over.</summary>
    Poll,
}
