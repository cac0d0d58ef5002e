using DualDb.Consistency.Sync.Verification;

namespace DualDb.Consistency.Sync.Running;

/// <summary>Is told of what this node carries and compares.</summary>
internal interface ISyncObserver
{
    /// <summary>A change was applied on the other side.</summary>
    /// <param name="source">Where it was made.</param>
    /// <param name="lag">How long it took, in seconds.</param>
    void Applied(Database source, double lag);

    /// <summary>Both sides were compared.</summary>
    /// <param name="report">What was found.</param>
    void Verified(VerificationReport report);
}
