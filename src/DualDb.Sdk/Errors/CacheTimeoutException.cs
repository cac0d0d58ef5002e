namespace DualDb;

/// <summary>A row could not be loaded within the hard timeout of its cache, and no expired one was at hand. The load goes on, so that a later call may find it.</summary>
public sealed class CacheTimeoutException : DualDbException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="entity">The entity or view.</param>
    /// <param name="timeout">The timeout.</param>
    public CacheTimeoutException(string entity, TimeSpan timeout)
        : base(
            $"{entity} was not loaded within its hard timeout of {timeout}, and no expired value was at hand. "
            + "The load goes on. Raise HardTimeout, or set FailSafe so that an expired value can stand in.")
    {
        Entity = entity;
        Timeout = timeout;
    }

    /// <summary>The timeout.</summary>
    public TimeSpan Timeout { get; }
}
