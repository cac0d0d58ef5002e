namespace DualDb.Consistency.Sync;

/// <summary>The other side did not have all that was waited for in time.</summary>
public sealed class SyncTimeoutException : DualDbException
{
    internal SyncTimeoutException(SyncToken token, TimeSpan timeout, string? why)
        : base($"What was committed in {token.Source} did not reach the other database within {timeout.TotalSeconds} s. {why ?? "It is on its way: look at db.Sync.StatusAsync(), and whether a node runs the synchronisation."}")
        => Token = token;

    /// <summary>What was waited for.</summary>
    public SyncToken Token { get; }
}
